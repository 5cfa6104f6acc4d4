package dev.mehari.security;

import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jolokia.server.core.service.api.Restrictor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.unit.DataSize;

/**
 * Who may do what over HTTP: {@link Gate} stands before everything and knows API keys; Spring Security
 * ({@link ConsoleLogin}) stands before the console pages alone, so that no notification pays for sessions.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecuritySettings.class)
@Import({ConsoleLogin.class, LoginPage.class})
public class SecurityConfiguration {
    private static final int FIRST = Ordered.HIGHEST_PRECEDENCE;

    @Bean
    ApiKeys apiKeys(
            SecuritySettings settings, @Value("${mehari.data-dir:data}") Path dataDir, ObjectProvider<Clock> clock) {
        return ApiKeys.load(
                settings.configuredKeys(), dataDir.resolve("api-key"), clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    UserDetailsService consoleUser(SecuritySettings settings, @Value("${mehari.data-dir:data}") Path dataDir) {
        return ConsoleUser.of(settings.consolePassword(), dataDir.resolve("console-password"));
    }

    @Bean
    PasswordEncoder consolePasswords() {
        return new ConsoleUser.Digest();
    }

    @Bean
    Quotas quotas(SecuritySettings settings) {
        return new Quotas(settings.quota().notifications(), settings.quota().period(), System::nanoTime);
    }

    @Bean
    Readiness readiness() {
        return new Readiness();
    }

    @Bean
    FilterRegistrationBean<Gate> gate(
            ApiKeys keys,
            Readiness readiness,
            @Value("${mehari.ingest.max-body:256KB}") DataSize maxBody,
            @Value("${mehari.ingest.max-batch-body:8MB}") DataSize maxBatchBody) {
        Bodies bodies = new Bodies((int) maxBody.toBytes(), (int) maxBatchBody.toBytes());
        FilterRegistrationBean<Gate> registration = new FilterRegistrationBean<>(new Gate(keys, readiness, bodies));
        registration.setOrder(FIRST);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    /** Boot would send every request through Spring Security. */
    @Bean
    static BeanPostProcessor springSecurityForTheConsoleAlone() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof DelegatingFilterProxyRegistrationBean registration) {
                    registration.setUrlPatterns(List.of(ConsoleLogin.PATHS));
                    registration.setDispatcherTypes(DispatcherType.REQUEST);
                }
                return bean;
            }
        };
    }

    @Bean
    FilterRegistrationBean<ConsoleName> consoleName() {
        FilterRegistrationBean<ConsoleName> registration = new FilterRegistrationBean<>(new ConsoleName());
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        registration.addUrlPatterns(ConsoleName.PATH);
        return registration;
    }

    @Bean
    FilterRegistrationBean<MaskedAnswers> maskedConsoleAnswers() {
        FilterRegistrationBean<MaskedAnswers> registration = new FilterRegistrationBean<>(new MaskedAnswers());
        registration.setOrder(FIRST + 1);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        registration.addUrlPatterns("/jolokia/*", "/hawtio/jolokia/*", "/metrics");
        return registration;
    }

    @Bean
    Restrictor consoleView() {
        return new ConsoleView();
    }
}

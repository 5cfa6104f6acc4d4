package dev.mehari.sandbox.web;

import dev.mehari.sandbox.Inbox;
import dev.mehari.sandbox.Sandbox;
import dev.mehari.sandbox.SandboxAddresses;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the sandbox into the gateway. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SandboxSettings.class)
class SandboxConfiguration {

    @Bean
    Sandbox sandbox(SandboxSettings settings, ObjectProvider<Clock> clock) {
        Inbox inbox = new Inbox(settings.keep(), settings.memory().toBytes());
        return SandboxAssembly.assemble(settings.discord().limits(), inbox, clock.getIfAvailable(Clock::systemUTC))
                .sandbox();
    }

    @Bean
    SandboxAddresses sandboxAddresses(Sandbox sandbox, OwnAddress address) {
        return new SandboxAddresses(sandbox, address::root);
    }

    /** A servlet, not a controller: what a provider gets must not be read and taken apart by anything before it. */
    @Bean
    ServletRegistrationBean<SimulatorServlet> simulatorServlet(Sandbox sandbox) {
        return new ServletRegistrationBean<>(
                new SimulatorServlet(sandbox),
                "/sandbox/discord/*",
                "/sandbox/telegram/*",
                "/sandbox/slack/*",
                "/sandbox/webhook/*",
                "/sandbox/ntfy/*",
                "/sandbox/email/*");
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tearingValve() {
        return factory -> factory.addContextValves(new TearingValve());
    }
}

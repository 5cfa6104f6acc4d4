package dev.mehari.http;

import jakarta.servlet.DispatcherType;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

/** Every error the HTTP side can answer is problem+json, whichever layer noticed it. */
@Configuration(proxyBeanMethods = false)
@Import({ApiErrors.class, ErrorPage.class})
public class HttpConfiguration {
    private static final String CHARACTER_SETS = "characterEncodingFilter";

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(ProblemValve.class.getName());
            }
        });
    }

    /**
     * Tomcat's connector that the system calls back, on threads of its own making: it stops only those. Why this one:
     * docs/decisions/0085.
     */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectorThatIsCalledBack() {
        return factory -> {
            factory.setProtocol(WatchedConnections.class.getName());
            factory.addProtocolHandlerCustomizers((WatchedConnections connector) -> {
                connector.setExecutor(null);
                connector.setProperty("useVirtualThreads", "true");
            });
        };
    }

    @Bean(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
    RouteEngine routeEngine() {
        return new RouteEngine();
    }

    /** Right behind the gate: what Spring MVC needs before its controllers, routes do not. */
    @Bean
    FilterRegistrationBean<RouteEngine> routesBeforeSpringMvc(RouteEngine engine) {
        FilterRegistrationBean<RouteEngine> registration = new FilterRegistrationBean<>(engine);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        registration.setDispatcherTypes(DispatcherType.REQUEST);
        return registration;
    }

    /** Spring Boot's filter, with its settings, stands behind the routes: they read bytes, and pay nothing for it there. */
    @Bean
    static BeanFactoryPostProcessor characterSetsBehindRoutes() {
        return beans -> {
            if (beans.containsBeanDefinition(CHARACTER_SETS)) {
                beans.getBeanDefinition(CHARACTER_SETS)
                        .getPropertyValues()
                        .add("order", Ordered.HIGHEST_PRECEDENCE + 2);
            }
        };
    }
}

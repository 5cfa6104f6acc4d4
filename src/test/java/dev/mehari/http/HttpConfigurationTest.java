package dev.mehari.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.web.servlet.HttpEncodingAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.filter.OrderedCharacterEncodingFilter;

class HttpConfigurationTest {
    @Test
    void filterForCharacterSets_standsBehindTheRoutes_withTheOperatorsSettings() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(HttpEncodingAutoConfiguration.class))
                .withInitializer(
                        context -> context.addBeanFactoryPostProcessor(HttpConfiguration.characterSetsBehindRoutes()))
                .withPropertyValues("server.servlet.encoding.charset=ISO-8859-1")
                .run(context -> {
                    var filter = context.getBean(OrderedCharacterEncodingFilter.class);
                    var routes = new HttpConfiguration().routesBeforeSpringMvc(new RouteEngine());
                    assertThat(filter.getOrder()).isGreaterThan(routes.getOrder());
                    assertThat(filter.getEncoding()).isEqualTo("ISO-8859-1");
                });
    }
}

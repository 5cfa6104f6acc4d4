package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.PatternMatchUtils;

class SparedAutoConfigurationsTest {
    private static final String SEDA = "org.apache.camel.component.seda.springboot.SedaComponentAutoConfiguration";
    private static final String SSL = "org.apache.camel.spring.boot.security.CamelSSLAutoConfiguration";

    private final StandardEnvironment environment = new StandardEnvironment();

    /** After an update: what is new here is either needed, and gets a line in the list, or spared. */
    @Test
    void start_configuresWhatTheListSays() throws IOException {
        List<String> known = new ClassPathResource("auto-configurations.txt")
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .toList();

        assertThat(chosen()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void setting_bringsBackWhatItBelongsTo() {
        assertThat(chosen()).doesNotContain(SEDA, SSL);

        set(Map.of("camel.component.seda.queueSize", "7"));

        assertThat(chosen()).contains(SEDA).doesNotContain(SSL);
    }

    @Test
    void environmentVariable_isASettingToo() {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "variables-systemEnvironment", Map.of("CAMEL_SSL_CERT_ALIAS", "mehari")));

        assertThat(chosen()).contains(SSL).doesNotContain(SEDA);
    }

    @Test
    void eachLine_sparesSomething() throws IOException {
        List<String> candidates = ImportCandidates.load(
                        AutoConfiguration.class, getClass().getClassLoader())
                .getCandidates();

        assertThat(PropertiesLoaderUtils.loadProperties(new ClassPathResource(SparedAutoConfigurations.FILE))
                        .stringPropertyNames())
                .allSatisfy(pattern -> assertThat(candidates)
                        .as(pattern)
                        .anyMatch(candidate -> PatternMatchUtils.simpleMatch(pattern, candidate)));
    }

    private void set(Map<String, Object> settings) {
        environment.getPropertySources().addFirst(new MapPropertySource("settings", settings));
    }

    /** What Spring Boot takes, before it asks the conditions that depend on beans and settings. */
    private List<String> chosen() {
        ConfigurationPropertySources.attach(environment);
        AutoConfigurationImportSelector selector = new AutoConfigurationImportSelector();
        selector.setEnvironment(environment);
        selector.setBeanFactory(new DefaultListableBeanFactory());
        selector.setBeanClassLoader(getClass().getClassLoader());
        selector.setResourceLoader(new DefaultResourceLoader());
        return Arrays.asList(selector.selectImports(AnnotationMetadata.introspect(Mehari.class)));
    }
}

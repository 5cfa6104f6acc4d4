package dev.mehari;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.util.PatternMatchUtils;

/** Leaves out auto-configurations that nothing here needs, unless one of their settings is there (decision 0078). */
class SparedAutoConfigurations implements AutoConfigurationImportFilter, EnvironmentAware {
    static final String FILE = "META-INF/spared-auto-configurations.properties";

    private String[] spared = {};

    @Override
    public void setEnvironment(Environment environment) {
        Map<String, String> patterns = patterns();
        patterns.keySet().removeAll(asked(environment));
        spared = patterns.keySet().toArray(String[]::new);
    }

    /** Those that a setting brings back, in order. */
    static SortedSet<String> asked(Environment environment) {
        return patterns().entrySet().stream()
                .filter(pattern -> isAsked(environment, pattern.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public boolean[] match(String[] names, AutoConfigurationMetadata metadata) {
        boolean[] wanted = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            // Another filter may have left it out already.
            wanted[i] = names[i] == null || !PatternMatchUtils.simpleMatch(spared, names[i]);
        }
        return wanted;
    }

    private static Map<String, String> patterns() {
        try {
            Properties lines = PropertiesLoaderUtils.loadProperties(
                    new ClassPathResource(FILE, SparedAutoConfigurations.class.getClassLoader()));
            return lines.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, lines::getProperty));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE + " out of the jar", e);
        }
    }

    private static boolean isAsked(Environment environment, String beginning) {
        if (beginning.isEmpty()) {
            return false;
        }
        ConfigurationPropertyName name = ConfigurationPropertyName.of(beginning);
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
                return true;
            }
        }
        return false;
    }
}

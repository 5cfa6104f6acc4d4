package dev.mehari;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Stands before all other settings while the build finds out which beans there are, has none itself, and hears what is asked
 * for. The names are kept in the jar with the values that a start would find at the same moment; for one thread.
 */
final class AskedSettings extends PropertySource<Set<String>> {
    private static final String NAME = "asked settings";

    /**
     * No bean depends on these: the port is asked for beside one of the management's own, which has none unless that is set, and
     * the others are the process' own.
     */
    private static final Set<String> OF_NO_CONCERN = Set.of(
            "server.port", "MEHARI_PORT", "MEHARI_PORT:8080", "spring.application.pid", "spring.application.version");

    /** Without what libraries add to the settings later. */
    private final ConfigurableEnvironment atFirst;

    private AskedSettings(ConfigurableEnvironment environment) {
        super(NAME, new TreeSet<>());
        atFirst = copy(environment);
    }

    static AskedSettings listen(ConfigurableEnvironment environment) {
        AskedSettings settings = new AskedSettings(environment);
        environment.getPropertySources().addFirst(settings);
        return settings;
    }

    @Override
    public @Nullable Object getProperty(String name) {
        if (!OF_NO_CONCERN.contains(name)) {
            source.add(name);
        }
        return null;
    }

    Map<String, String> answers() {
        return PreparedBeans.answers(source, atFirst);
    }

    private static ConfigurableEnvironment copy(ConfigurableEnvironment environment) {
        ConfigurableEnvironment copy = new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                environment.getPropertySources().stream()
                        .filter(source -> !ConfigurationPropertySources.isAttachedConfigurationPropertySource(source))
                        .forEach(sources::addLast);
            }
        };
        ConfigurationPropertySources.attach(copy);
        copy.setActiveProfiles(environment.getActiveProfiles());
        return copy;
    }

    /** Called by Spring at the end of the build's search ({@code META-INF/spring/aot.factories}). */
    static final class Writer implements BeanFactoryInitializationAotProcessor {
        @Override
        public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
                ConfigurableListableBeanFactory beans) {
            PropertySource<?> asked = beans.getBean(ConfigurableEnvironment.class)
                    .getPropertySources()
                    .get(NAME);
            return asked instanceof AskedSettings settings
                    ? (generation, code) -> generation
                            .getGeneratedFiles()
                            .addResourceFile(PreparedBeans.FILE, lines(settings.answers()))
                    : null;
        }

        /** Sorted, and without the date that comes first, so that each build writes the same. */
        private static String lines(Map<String, String> answers) {
            Properties properties = new Properties();
            properties.putAll(answers);
            StringWriter text = new StringWriter();
            try {
                properties.store(text, null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text.toString()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .sorted()
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }
}

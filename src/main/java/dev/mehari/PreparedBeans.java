package dev.mehari;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.aot.AotDetector;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

/**
 * Which beans there are has been found out by the build (Spring's ahead-of-time processing) and stands in the jar as code. It holds
 * as long as every setting that somebody asked for meanwhile still has the value it had then; where one has not, the start finds
 * out by itself, as it does outside the jar. {@code -Dspring.aot.enabled} goes before (decision 0082).
 */
final class PreparedBeans implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {
    /** What was asked for, and what the answer was. */
    static final String FILE = "META-INF/prepared-beans.properties";

    /** Asked in ways that cannot be heard: the profiles, and beginnings of settings. */
    private static final String PROFILES = "(profiles)";

    private static final String BROUGHT_BACK = "(auto-configurations brought back)";

    /** Who listens here is told after the configuration has been read, and before the beans are looked for. */
    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ConfigurableEnvironment environment = event.getEnvironment();
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            AskedSettings.listen(environment);
        } else if (SpringProperties.getProperty(AotDetector.AOT_ENABLED) == null) {
            SpringProperties.setFlag(AotDetector.AOT_ENABLED, fit(environment));
        }
    }

    private static boolean fit(ConfigurableEnvironment environment) {
        ClassPathResource file = new ClassPathResource(FILE, PreparedBeans.class.getClassLoader());
        if (!file.exists()) {
            return false;
        }
        List<String> others = differences(read(file), environment);
        if (!others.isEmpty()) {
            LoggerFactory.getLogger(PreparedBeans.class)
                    .info("The start takes a little longer, as the jar was made for other values of {}", others);
        }
        return others.isEmpty();
    }

    /** The names, in order, of which the answers are others now; no values, as they may be secrets. */
    static List<String> differences(Map<String, String> answers, ConfigurableEnvironment environment) {
        return answers.entrySet().stream()
                .filter(answer -> !answer.getValue().equals(answer(answer.getKey(), environment)))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** What the settings of this moment say to each name, and to what can be told by no name. */
    static Map<String, String> answers(Iterable<String> names, ConfigurableEnvironment environment) {
        Map<String, String> answers = new TreeMap<>();
        names.forEach(name -> answers.put(name, answer(name, environment)));
        List.of(PROFILES, BROUGHT_BACK).forEach(name -> answers.put(name, answer(name, environment)));
        return answers;
    }

    private static String answer(String name, ConfigurableEnvironment environment) {
        return switch (name) {
            case PROFILES -> List.of(environment.getActiveProfiles()).toString();
            case BROUGHT_BACK -> SparedAutoConfigurations.asked(environment).toString();
            default -> Objects.requireNonNullElse(value(name, environment), "");
        };
    }

    /** In quotes, so that an empty value is another than none. */
    private static @Nullable String value(String name, ConfigurableEnvironment environment) {
        try {
            String value = environment.getProperty(name);
            return value == null ? null : "'" + value + "'";
        } catch (IllegalArgumentException unresolvable) {
            return unresolvable.getMessage();
        }
    }

    private static Map<String, String> read(ClassPathResource file) {
        try {
            Properties lines = PropertiesLoaderUtils.loadProperties(file);
            return lines.stringPropertyNames().stream().collect(Collectors.toMap(name -> name, lines::getProperty));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE + " out of the jar", e);
        }
    }
}

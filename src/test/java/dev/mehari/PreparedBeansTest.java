package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The build hears what is asked of the settings; a start compares the answers. */
class PreparedBeansTest {
    private static final String ASKED = "management.health.diskspace.enabled";

    private final Map<String, String> answers = answersOfABuild();

    @Test
    void build_keepsWhatIsAskedFor_inWhateverWay() {
        assertThat(answers)
                .containsEntry(ASKED, "'false'")
                .containsEntry("spring.autoconfigure.exclude", "")
                .containsEntry("spring.autoconfigure.exclude[0]", "")
                .containsEntry("VCAP_APPLICATION", "")
                .containsEntry("(profiles)", "[]")
                .doesNotContainKeys("server.port", "mehari.data-dir");
    }

    @Test
    void build_keepsNoAnswerThatAStartWouldNotFindAtThatMoment() {
        assertThat(answers).containsEntry("hawtio.enabled", "");
    }

    @Test
    void sameSettings_areNoDifference_whateverElseIsSet() {
        assertThat(differences(environment(ASKED, "false", "mehari.data-dir", "elsewhere")))
                .isEmpty();
    }

    @Test
    void otherValue_isADifference() {
        assertThat(differences(environment(ASKED, "true"))).containsExactly(ASKED);
    }

    @Test
    void missingValue_isADifference_andNotTheSameAsAnEmptyOne() {
        assertThat(differences(environment())).containsExactly(ASKED);
        assertThat(differences(environment(ASKED, "false", "VCAP_APPLICATION", "")))
                .containsExactly("VCAP_APPLICATION");
    }

    @Test
    void environmentVariable_isASettingToo() {
        ConfigurableEnvironment environment = environment(ASKED, "false");
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        "variables-systemEnvironment", Map.of("SPRING_AUTOCONFIGURE_EXCLUDE_0", "some.Thing")));

        assertThat(differences(environment)).containsExactly("spring.autoconfigure.exclude[0]");
    }

    @Test
    void profile_andWhatBringsAutoConfigurationsBack_areDifferences() {
        ConfigurableEnvironment environment = environment(ASKED, "false", "camel.ssl.cert-alias", "mehari");
        environment.setActiveProfiles("debug");

        assertThat(differences(environment)).containsExactly("(auto-configurations brought back)", "(profiles)");
    }

    @Test
    void valueThatCannotBeResolved_isADifference() {
        assertThat(differences(environment(ASKED, "${nobody.knows}"))).containsExactly(ASKED);
    }

    private List<String> differences(ConfigurableEnvironment environment) {
        return PreparedBeans.differences(answers, environment);
    }

    private static Map<String, String> answersOfABuild() {
        ConfigurableEnvironment environment = environment(ASKED, "false");
        AskedSettings asked = AskedSettings.listen(environment);
        ConfigurationPropertySources.attach(environment);
        environment.getPropertySources().addLast(new MapPropertySource("later", Map.of("hawtio.enabled", "true")));

        List.of(ASKED, "hawtio.enabled", "server.port", "VCAP_APPLICATION").forEach(environment::getProperty);
        Binder.get(environment).bind("spring.autoconfigure.exclude", String[].class);

        return asked.answers();
    }

    private static ConfigurableEnvironment environment(String... settings) {
        ConfigurableEnvironment environment = new StandardEnvironment();
        Map<String, Object> values = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        environment.getPropertySources().addFirst(new MapPropertySource("settings", values));
        ConfigurationPropertySources.attach(environment);
        return environment;
    }
}

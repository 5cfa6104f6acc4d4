package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;

class ConfiguredPostgresTest {
    private final MockEnvironment environment = new MockEnvironment();

    @Test
    void nothingSaid_isNoAddress() {
        assertThat(ConfiguredPostgres.properties(environment)).isEmpty();
    }

    @Test
    void address_isTranslatedForTheDriver() {
        environment.setProperty("DATABASE_URL", "postgres://m%40e:a+b%2Fc@db:5433/history?sslmode=require");
        assertThat(ConfiguredPostgres.properties(environment))
                .isEqualTo(Map.of(
                        "spring.datasource.url", "jdbc:postgresql://db:5433/history?sslmode=require",
                        "spring.datasource.username", "m@e",
                        "spring.datasource.password", "a+b/c"));
    }

    @ParameterizedTest
    @CsvSource({"DATABASE_URL,jdbc:postgresql://db/history", "mehari.history.url,jdbc:postgresql://db/history"})
    void driversOwnAddress_isTakenAsItIs(String name, String url) {
        environment.setProperty(name, url);
        assertThat(ConfiguredPostgres.properties(environment)).isEqualTo(Map.of("spring.datasource.url", url));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:geheim@db/x", "db:5432", "postgres://u:ge heim@db/x"})
    void whatIsNoAddress_isRefused_andNotRepeated(String url) {
        environment.setProperty("mehari.history.url", url);
        assertThatThrownBy(() -> ConfiguredPostgres.properties(environment))
                .isInstanceOf(StartRefused.class)
                .hasMessageStartingWith("mehari.history.url is not an address")
                .hasMessageNotContaining("heim")
                .hasNoCause();
    }
}

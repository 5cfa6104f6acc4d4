package dev.mehari.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceIdTest {
    @Test
    void anIdOf32Digits_isW3c() {
        assertThat(TraceId.isW3c("4bf92f3577b34da6a3ce929d0e0e4736")).isTrue();
        assertThat(TraceId.isW3c("00000000000000000000000000000001")).isTrue();
        assertThat(TraceId.isW3c(TraceId.random())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00000000000000000000000000000000",
                "4BF92F3577B34DA6A3CE929D0E0E4736",
                "4bf92f3577b34da6a3ce929d0e0e473",
                "4bf92f3577b34da6a3ce929d0e0e47361",
                "4bf92f3577b34da6a3ce929d0e0e473g",
                "4bf92f3577b34da6a3ce929d0e0e473/",
                "order-17"
            })
    void anythingElse_isNot(String id) {
        assertThat(TraceId.isW3c(id)).isFalse();
    }
}

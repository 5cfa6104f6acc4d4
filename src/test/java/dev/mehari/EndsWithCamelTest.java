package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.TypeConversionConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

class EndsWithCamelTest {
    @Test
    void beans_areThoseThatCamelSaysItEndsItself() {
        var said = Stream.of(CamelAutoConfiguration.class, TypeConversionConfiguration.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(EndsWithCamelTest::isEndedByCamel)
                .map(Method::getName);

        assertThat(said).containsExactlyInAnyOrderElementsOf(EndsWithCamel.BEANS);
    }

    private static boolean isEndedByCamel(Method method) {
        var bean = method.getAnnotation(Bean.class);
        return bean != null && bean.destroyMethod().isEmpty();
    }
}

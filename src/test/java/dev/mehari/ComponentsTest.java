package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.stereotype.Component;

/** A start reads the components' names from a list that the compiler has made, instead of looking at each entry of the jar. */
class ComponentsTest {
    @Test
    void list_namesEachComponent() throws IOException {
        List<String> listed = new ClassPathResource("META-INF/spring.components")
                .getContentAsString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains("=" + Component.class.getName()))
                .map(line -> line.substring(0, line.indexOf('=')))
                .sorted()
                .toList();

        assertThat(listed)
                .as("META-INF/spring.components")
                .containsExactlyElementsOf(components().sorted().toList());
    }

    private static Stream<String> components() throws IOException {
        MetadataReaderFactory types = new SimpleMetadataReaderFactory();
        List<String> names = new ArrayList<>();
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:dev/mehari/**/*.class")) {
            MetadataReader type = types.getMetadataReader(file);
            if (isOurs(file) && type.getAnnotationMetadata().isAnnotated(Component.class.getName())) {
                names.add(type.getClassMetadata().getClassName());
            }
        }
        return names.stream();
    }

    private static boolean isOurs(Resource file) throws IOException {
        return !file.getURL().getPath().contains("/test-classes/");
    }
}

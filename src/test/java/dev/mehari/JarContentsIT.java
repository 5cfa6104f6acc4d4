package dev.mehari;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.Label;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.SpringAsmInfo;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** The jar is made of many: what each of them lists for others to find must stand in it. */
class JarContentsIT {
    private static final Pattern LISTS = Pattern.compile(
            "META-INF/(services/.+|spring/.+\\.(imports|replacements)|spring\\.factories|jolokia/services-default)");
    private static final Pattern CLASS = Pattern.compile("[a-z][\\w.]*\\.[A-Z][\\w$]*");

    @Test
    void lists_holdEveryClassThatALibraryListsAndThatIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        try (JarFile mehari = new JarFile(System.getProperty("mehari.jar"))) {
            for (File library : libraries()) {
                try (JarFile jar = new JarFile(library)) {
                    if (!isPartOf(mehari, jar)) {
                        continue;
                    }
                    for (JarEntry list : lists(jar)) {
                        Set<String> named = classes(jar, list);
                        named.removeIf(name -> mehari.getEntry(name.replace('.', '/') + ".class") == null);
                        JarEntry merged = mehari.getJarEntry(list.getName());
                        named.removeAll(merged == null ? Set.of() : classes(mehari, merged));
                        named.forEach(name -> missing.add(list.getName() + ": " + name));
                    }
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void autoConfigurations_standInItOnce() throws IOException {
        try (JarFile mehari = new JarFile(System.getProperty("mehari.jar"))) {
            JarEntry list = mehari.getJarEntry(
                    "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
            String text = new String(mehari.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8);

            assertThat(text.lines().filter(line -> CLASS.matcher(line).matches()))
                    .isNotEmpty()
                    .doesNotHaveDuplicates();
        }
    }

    /** Or a start with that variable would find out its beans by itself: such a key must not be a condition. */
    @Test
    void preparedBeans_dependOnNoVariableOfTheManual() throws IOException {
        YamlPropertiesFactoryBean manual = new YamlPropertiesFactoryBean();
        manual.setResources(new FileSystemResource("config/application.yaml"));
        Properties settings = Objects.requireNonNull(manual.getObject());
        Properties asked = new Properties();
        try (JarFile mehari = new JarFile(System.getProperty("mehari.jar"))) {
            asked.load(mehari.getInputStream(mehari.getEntry(PreparedBeans.FILE)));
        }

        assertThat(asked.stringPropertyNames())
                .contains("management.endpoints.web.exposure.include", "spring.main.lazy-initialization", "(profiles)")
                .allSatisfy(name ->
                        assertThat(settings.getProperty(name, "")).as(name).doesNotContain("${"))
                .noneMatch(name -> name.startsWith("mehari.") || name.startsWith("spring.datasource."));
    }

    @Test
    void librariesClasses_nameNoLocalVariablesButHaveTheirLinesAndParameters() throws IOException {
        assertThat(debugging("org/springframework/beans/factory/support/DefaultListableBeanFactory"))
                .containsExactlyInAnyOrder("lines", "parameters");
        assertThat(debugging("dev/mehari/Footprint")).contains("lines", "local variables");
    }

    private static Set<String> debugging(String name) throws IOException {
        Set<String> found = new TreeSet<>();
        try (JarFile mehari = new JarFile(System.getProperty("mehari.jar"))) {
            var type = new ClassReader(
                    mehari.getInputStream(mehari.getJarEntry(name + ".class")).readAllBytes());
            type.accept(new Debugging(found), 0);
        }
        return found;
    }

    /** Notes what a class holds for those who debug it. */
    private static final class Debugging extends ClassVisitor {
        private final Set<String> found;

        Debugging(Set<String> found) {
            super(SpringAsmInfo.ASM_VERSION);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] thrown) {
            return new MethodVisitor(api) {
                @Override
                public void visitParameter(String parameter, int flags) {
                    found.add("parameters");
                }

                @Override
                public void visitLineNumber(int line, Label from) {
                    found.add("lines");
                }

                @Override
                public void visitLocalVariable(
                        String variable, String kind, String generic, Label from, Label to, int index) {
                    found.add("local variables");
                }
            };
        }
    }

    private static List<File> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place -> place.endsWith(".jar"))
                .map(File::new)
                .toList();
    }

    /** Libraries of the tests are none. */
    private static boolean isPartOf(JarFile mehari, JarFile library) {
        return library.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/") && !name.contains("-info"))
                .findFirst()
                .filter(name -> mehari.getEntry(name) != null)
                .isPresent();
    }

    private static List<JarEntry> lists(JarFile jar) {
        return jar.stream()
                .filter(entry ->
                        !entry.isDirectory() && LISTS.matcher(entry.getName()).matches())
                .toList();
    }

    private static Set<String> classes(JarFile jar, JarEntry list) throws IOException {
        String text = new String(jar.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8);
        return CLASS.matcher(text)
                .results()
                .map(result -> result.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Run by the build, before it makes the jar: lets Spring find out which beans the gateway has, and compiles the code that it writes
 * about them (decision 0082). Spring Boot's own plugin compiles with the Java that Maven runs on, which may be too old.
 */
final class PrepareBeans {
    /** @param folder for what is made */
    public static void main(String[] folder) throws IOException, InterruptedException {
        String classPath = System.getProperty("java.class.path");
        Path made = Path.of(folder[0]).toAbsolutePath();
        write(classPath, made);
        compile(classPath, made);
    }

    /** Without the variables of whoever builds: the same sources give the same beans. */
    private static void write(String classPath, Path made) throws IOException, InterruptedException {
        ProcessBuilder spring = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-classpath",
                classPath,
                "org.springframework.boot.SpringApplicationAotProcessor",
                "dev.mehari.Mehari",
                made.resolve("sources").toString(),
                made.resolve("resources").toString(),
                made.resolve("classes").toString(),
                "dev.mehari",
                "mehari");
        spring.environment().clear();
        spring.environment().put("MEHARI_DATA_DIR", made.resolve("data").toString());
        spring.environment().put("MEHARI_LOG_LEVEL", "warn");
        if (spring.inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("Spring could not find out which beans there are: see above");
        }
    }

    private static void compile(String classPath, Path made) throws IOException {
        Path classes = made.resolve("classes");
        List<String> options = List.of(
                "-classpath", classes + File.pathSeparator + classPath, "-d", classes.toString(), "-proc:none", "--release", "21");
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(made.resolve("sources"))) {
            List<Path> written = sources.filter(file -> file.toString().endsWith(".java")).sorted().toList();
            var units = files.getJavaFileObjectsFromPaths(written);
            if (!compiler.getTask(null, files, null, options, null, units).call()) {
                throw new IllegalStateException("What Spring wrote about the beans does not compile: see above");
            }
        }
    }
}

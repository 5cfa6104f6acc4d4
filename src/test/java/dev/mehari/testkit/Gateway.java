package dev.mehari.testkit;

import dev.mehari.Mehari;
import dev.mehari.sandbox.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * The whole gateway in this process, on a free port, with a folder of its own that holds copies of the shipped {@code
 * routes/} and {@code config/}: a test edits, stops and starts it as an operator would.
 */
public final class Gateway implements AutoCloseable {
    private final Path home;
    private final List<String> settings;
    private ConfigurableApplicationContext context;

    private Gateway(Path home, List<String> settings) {
        this.home = home;
        this.settings = settings;
    }

    /**
     * Copies the shipped files; does not start yet.
     *
     * @param settings {@code key=value}, they go before application.yaml
     */
    public static Gateway in(Path home, String... settings) {
        try {
            for (String folder : List.of("routes", "config")) {
                FileSystemUtils.copyRecursively(Path.of(folder), home.resolve(folder));
            }
            return new Gateway(home.toAbsolutePath(), List.of(settings));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Gateway start() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=0");
        arguments.add("--mehari.redis.port=0");
        arguments.add("--mehari.routes-dir=" + home.resolve("routes"));
        arguments.add("--mehari.config-dir=" + home.resolve("config"));
        arguments.add("--mehari.data-dir=" + home.resolve("data"));
        settings.forEach(setting -> arguments.add("--" + setting));
        context = new SpringApplicationBuilder(Mehari.class)
                .initializers(beginning ->
                        beginning.getBeanFactory().registerSingleton("withoutTestClasses", new WithoutTestClasses()))
                .run(arguments.toArray(String[]::new));
        return this;
    }

    public Gateway restart() {
        close();
        return start();
    }

    public Path file(String path) {
        return home.resolve(path);
    }

    public void write(String path, String text) {
        try {
            Files.createDirectories(file(path).getParent());
            Files.writeString(file(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String path) {
        try {
            return Files.readString(file(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        int port = ((WebServerApplicationContext) context).getWebServer().getPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Calls with the key that the first start made. */
    public Caller caller() {
        return new Caller(address(), read("data/api-key").trim());
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public Sandbox sandbox() {
        return bean(Sandbox.class);
    }

    @Override
    public void close() {
        if (context != null) {
            context.close();
            context = null;
        }
    }
}

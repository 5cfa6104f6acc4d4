package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** A gateway in a process of its own, ended from outside. */
class KilledGatewayIT {
    private static final String UP = "up ";

    @TempDir
    Path folder;

    private Process gateway;

    @Configuration(proxyBeanMethods = false)
    static class Gateway {
        public static void main(String[] arguments) {
            SpringApplication application = new SpringApplication(Gateway.class);
            application.setWebApplicationType(WebApplicationType.NONE);
            ConfigurableApplicationContext context = application.run(arguments);
            System.out.println(UP + port(context));
            keepAlive();
        }

        private static void keepAlive() {
            Thread.ofPlatform().daemon(false).start(() -> {
                try {
                    new CountDownLatch(1).await(5, TimeUnit.MINUTES);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    @AfterEach
    void end() {
        gateway.destroyForcibly().onExit().join();
        next().close();
    }

    @Test
    void killed_leavesItsRedisToTheNext() throws IOException {
        int port = startGateway();
        ask(port, "SET", "kept", "yes");
        gateway.destroyForcibly().onExit().join();

        try (ConfigurableApplicationContext next = next()) {
            assertThat(port(next)).isEqualTo(port);
            assertThat(ask(port, "GET", "kept")).isEqualTo("yes");
        }
        assertThat(LoopbackPort.isFree(port)).isTrue();
    }

    @Test
    void terminated_stopsItsRedis_andKeepsItsData() throws Exception {
        int port = startGateway();
        ask(port, "SET", "kept", "yes");
        gateway.destroy();
        assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(LoopbackPort.isFree(port)).isTrue();
        try (ConfigurableApplicationContext next = next()) {
            assertThat(ask(port(next), "GET", "kept")).isEqualTo("yes");
        }
    }

    @Test
    void running_keepsOthersOutOfItsFolder() throws Exception {
        startGateway();
        Process second = java("--mehari.redis.port=0").start();
        String said = new String(second.getInputStream().readAllBytes());
        assertThat(second.waitFor()).isNotZero();
        assertThat(said)
                .contains("another Mehari (process " + gateway.pid() + ") already works in the data folder")
                .doesNotContain("\tat ");
    }

    private int startGateway() throws IOException {
        gateway = java("--mehari.redis.port=0").start();
        BufferedReader said = gateway.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(UP)) {
                return Integer.parseInt(line.substring(UP.length()));
            }
        }
        throw new AssertionError("the gateway did not start");
    }

    private ProcessBuilder java(String argument) {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gateway.class.getName(),
                        "--mehari.data-dir=" + folder,
                        "--mehari.history.enabled=false",
                        argument)
                .redirectErrorStream(true);
    }

    private ConfigurableApplicationContext next() {
        return new SpringApplicationBuilder(Gateway.class)
                .web(WebApplicationType.NONE)
                .run("--mehari.data-dir=" + folder, "--mehari.history.enabled=false", "--mehari.redis.port=0");
    }

    private static int port(ConfigurableApplicationContext context) {
        String url = context.getEnvironment().getRequiredProperty("spring.data.redis.url");
        return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    }

    private static Object ask(int port, String... words) throws IOException {
        try (RedisTalk talk = RedisTalk.with(port, Duration.ofSeconds(5))) {
            return talk.ask(words);
        }
    }
}

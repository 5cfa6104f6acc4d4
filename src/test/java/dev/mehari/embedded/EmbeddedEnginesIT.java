package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.data.redis.RedisAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.StringRedisTemplate;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedEnginesIT {
    private static final String NO_QUARTZ = "org.springframework.boot.autoconfigure.quartz.QuartzAutoConfiguration";

    @TempDir
    Path folder;

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(RedisAutoConfiguration.class)
    @Import({RedisSafety.class, History.class})
    static class Application {
        static final AtomicReference<String> LAST_ANSWER = new AtomicReference<>();

        @Bean
        DisposableBean writesWhenItGoes(Environment environment) {
            return () -> {
                try (RedisTalk talk = RedisTalk.with(portOf(environment), Duration.ofSeconds(5))) {
                    LAST_ANSWER.set(String.valueOf(talk.ask("SET", "last", "word")));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("mehari.history.enabled")
    static class History {
        @Bean
        DataSource dataSource(Environment environment) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setUrl(environment.getRequiredProperty("spring.datasource.url"));
            dataSource.setUser(environment.getRequiredProperty("spring.datasource.username"));
            dataSource.setPassword(environment.getRequiredProperty("spring.datasource.password"));
            return dataSource;
        }
    }

    @Test
    void context_findsItsRedis_untilItsLastBeanIsGone() {
        ConfigurableApplicationContext context = run();
        int port = portOf(context.getEnvironment());
        String node = context.getBean(Node.class).id();
        context.close();

        assertThat(Application.LAST_ANSWER.getAndSet(null)).isEqualTo("OK");
        assertThat(LoopbackPort.isFree(port)).isTrue();

        try (ConfigurableApplicationContext next = run()) {
            assertThat(next.getBean(StringRedisTemplate.class).opsForValue().get("last"))
                    .isEqualTo("word");
            assertThat(next.getBean(Node.class).id()).isEqualTo(node);
        }
    }

    @Test
    void secondGateway_onTheSameFolder_isRefused() {
        try (ConfigurableApplicationContext first = run()) {
            assertThatThrownBy(this::run)
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("another Mehari")
                    .hasMessageContaining("MEHARI_DATA_DIR");
            assertThat(first.getBean(StringRedisTemplate.class).hasKey("none")).isFalse();
        }
    }

    @Test
    void configuredRedis_isUsed_andNoneIsStarted(@TempDir Path other) {
        try (ConfigurableApplicationContext first = run()) {
            String url = first.getEnvironment().getRequiredProperty("spring.data.redis.url");
            first.getBean(StringRedisTemplate.class).opsForValue().set("shared", "yes");
            try (ConfigurableApplicationContext second =
                    run("--mehari.data-dir=" + other, "--mehari.redis.url=" + url)) {
                assertThat(second.getBean(StringRedisTemplate.class)
                                .opsForValue()
                                .get("shared"))
                        .isEqualTo("yes");
                assertThat(other.resolve("redis")).doesNotExist();
            }
        }
    }

    @Test
    void evictingRedis_refusesTheStart(@TempDir Path other) {
        try (ConfigurableApplicationContext first = run()) {
            String url = first.getEnvironment().getRequiredProperty("spring.data.redis.url");
            var commands = first.getBean(StringRedisTemplate.class)
                    .getRequiredConnectionFactory()
                    .getConnection();
            commands.serverCommands().setConfig("maxmemory-policy", "allkeys-lru");
            assertThatThrownBy(() -> run("--mehari.data-dir=" + other, "--mehari.redis.url=" + url))
                    .rootCause()
                    .isInstanceOf(StartRefused.class)
                    .hasMessageContaining("maxmemory-policy noeviction");
        }
    }

    @Test
    void absentRedis_isNamed_withoutItsPassword() {
        assertThatThrownBy(() -> run("--mehari.redis.url=redis://:geheim@localhost:1", "--mehari.redis.wait=1ms"))
                .cause()
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("localhost:1")
                .hasMessageNotContaining("geheim");
    }

    @Test
    void redisThatCannotRun_refusesTheStart_inOneSentence(CapturedOutput said) throws IOException {
        Path binary = Files.writeString(folder.resolve("no-redis"), "#!/bin/sh\necho libssl.so.3; exit 127\n");
        assertThat(binary.toFile().setExecutable(true)).isTrue();

        assertThatThrownBy(() -> run("--mehari.redis.binary=" + binary)).hasRootCauseInstanceOf(StartRefused.class);
        assertThat(said.toString())
                .containsPattern("Description:\\s+the embedded Redis needs OpenSSL 3 .*; set REDIS_URL to");
        run().close();
    }

    @Test
    void startThatFailsBeforeRedisIsAwaited_leavesNoneBehind() throws IOException {
        SpringApplicationBuilder application = application()
                .initializers(context -> context.addBeanFactoryPostProcessor(beans -> {
                    throw new IllegalStateException("another reason");
                }));

        assertThatThrownBy(() -> application.run(arguments())).hasMessage("another reason");
        assertThat(LoopbackPort.isFree(
                        LeftRedis.lastPort(folder.resolve("redis")).orElseThrow()))
                .isTrue();
        run().close();
    }

    @Test
    void history_hasItsDatabase_whenTheDataSourceIsMade() throws SQLException {
        try (ConfigurableApplicationContext context = run("--mehari.history.enabled=true")) {
            assertThat(context.getBean("dataSource", DataSource.class)
                            .getConnection()
                            .isValid(5))
                    .isTrue();
        }
    }

    @Test
    void withoutHistory_thereIsNoDatabase() {
        try (ConfigurableApplicationContext context = run("--spring.autoconfigure.exclude=" + NO_QUARTZ)) {
            assertThat(context.getEnvironment().getProperty("spring.datasource.url"))
                    .isNull();
            assertThat(context.getEnvironment().getProperty("spring.autoconfigure.exclude"))
                    .contains(NO_QUARTZ, "DataSourceAutoConfiguration");
            assertThat(folder.resolve("postgres")).doesNotExist();
        }
    }

    private static int portOf(Environment environment) {
        return URI.create(environment.getRequiredProperty("spring.data.redis.url"))
                .getPort();
    }

    private ConfigurableApplicationContext run(String... arguments) {
        return application().run(arguments(arguments));
    }

    private static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE);
    }

    private String[] arguments(String... further) {
        String[] defaults = {"--mehari.data-dir=" + folder, "--mehari.redis.port=0"};
        return Stream.concat(Arrays.stream(defaults), Arrays.stream(further)).toArray(String[]::new);
    }
}

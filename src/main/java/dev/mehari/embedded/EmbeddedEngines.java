package dev.mehari.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Takes the data folder, names this node and starts the engines that nobody configured, before the application context
 * makes its first bean; they stop after its last one is gone.
 */
public final class EmbeddedEngines implements ApplicationContextInitializer<ConfigurableApplicationContext> {
    private static final String NO_DATA_SOURCE =
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING)) {
            return; // the build asks which beans there are, and makes none
        }
        ConfigurableEnvironment environment = context.getEnvironment();
        DataFolder data = DataFolder.open(Path.of(environment.getProperty("mehari.data-dir", "data")));
        RunningEngines engines = new RunningEngines(data);
        try {
            Node node = Node.of(data.path());
            Map<String, Object> found = new LinkedHashMap<>();
            found.put("mehari.data-dir", data.path().toString());
            addPostgres(context, engines, found);
            addRedis(environment, engines, found);
            environment.getPropertySources().addFirst(new MapPropertySource("embedded engines", found));
            hand(context, node, engines);
        } catch (RuntimeException e) {
            engines.close();
            throw e;
        }
    }

    private static void addRedis(
            ConfigurableEnvironment environment, RunningEngines engines, Map<String, Object> found) {
        String url = ConfiguredRedis.url(environment);
        if (url != null) {
            found.put(AwaitedRedis.ADDRESS, url);
        } else if (!ConfiguredRedis.isElsewhere(environment)) {
            AwaitedRedis redis = AwaitedRedis.begin(RedisSettings.of(environment, engines.dataDir()));
            engines.add(redis);
            environment.getPropertySources().addFirst(redis);
        }
    }

    private static void addPostgres(
            ConfigurableApplicationContext context, RunningEngines engines, Map<String, Object> found) {
        ConfigurableEnvironment environment = context.getEnvironment();
        if (!environment.getProperty("mehari.history.enabled", Boolean.class, false)) {
            String others = environment.getProperty("spring.autoconfigure.exclude", "");
            found.put(
                    "spring.autoconfigure.exclude", others.isBlank() ? NO_DATA_SOURCE : others + "," + NO_DATA_SOURCE);
            return;
        }
        Map<String, Object> configured = ConfiguredPostgres.properties(environment);
        found.putAll(configured);
        if (configured.isEmpty()) {
            EmbeddedPostgres postgres = EmbeddedPostgres.begin(PostgresSettings.of(environment, engines.dataDir()));
            engines.add(postgres);
            PostgresWatch.over(postgres);
            found.put("spring.datasource.url", postgres.url());
            found.put("spring.datasource.username", postgres.user());
            found.put("spring.datasource.password", postgres.password());
            context.getBeanFactory().addBeanPostProcessor(new WaitsBeforeTheDataSource(postgres));
        }
    }

    /** Who gets a data source gets one that answers; until then the context goes on starting. */
    private record WaitsBeforeTheDataSource(EmbeddedPostgres postgres) implements BeanPostProcessor {
        @Override
        public @Nullable Object postProcessBeforeInitialization(Object bean, String name) {
            if (bean instanceof DataSource) {
                postgres.awaitReady();
            }
            return bean;
        }
    }

    /** A context destroys in reverse order of registration: what is registered before all beans goes last. */
    private static void hand(ConfigurableApplicationContext context, Node node, RunningEngines engines) {
        DefaultListableBeanFactory beans = (DefaultListableBeanFactory) context.getBeanFactory();
        beans.registerDisposableBean("embeddedEngines", engines::close);
        beans.registerSingleton("node", node);
        SpringApplication.getShutdownHandlers().add(engines::close);
    }
}

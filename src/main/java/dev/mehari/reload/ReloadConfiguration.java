package dev.mehari.reload;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the reloader together: all kinds of editable files, loaded after the Java routes and before Camel starts. */
@Configuration(proxyBeanMethods = false)
class ReloadConfiguration {

    /** The name by which Camel looks for its component {@code direct:} before it makes one of its own. */
    @Bean("direct-component")
    GatedDirectComponent directComponent() {
        return new GatedDirectComponent();
    }

    @Bean
    LiveRoutes liveRoutes(CamelContext context) {
        return new LiveRoutes(context);
    }

    @Bean
    RouteFiles routeFiles(
            CamelContext context,
            ObjectProvider<RouteVocabulary> vocabulary,
            ObjectProvider<TemplateInstances> instances,
            @Value("${mehari.data-dir:data}") Path data) {
        String version =
                context.getVersion() + " " + RouteFiles.class.getPackage().getImplementationVersion();
        PassedRoutes passed = new PassedRoutes(data.resolve("last-good").resolve("passed-schema"), version);
        return new RouteFiles(context, vocabulary::getIfAvailable, new LateInstances(instances), passed);
    }

    @Bean
    CandidateRoutes candidateRoutes(CamelContext context, RouteFiles files) {
        return new CandidateRoutes(context, files);
    }

    @Bean
    Reloader reloader(
            List<EditableFiles> kinds,
            MeterRegistry registry,
            ObjectProvider<Clock> clocks,
            @Value("${mehari.routes-dir:routes}") Path routes,
            @Value("${mehari.config-dir:config}") Path config,
            @Value("${mehari.data-dir:data}") Path data) {
        Clock clock = clocks.getIfAvailable(Clock::systemUTC);
        FolderWatch watch = new FolderWatch(
                Map.of("routes", routes, "config", config),
                path -> kinds.stream().anyMatch(kind -> kind.covers(path)),
                clock);
        return new Reloader(kinds, watch, new LastGood(data.resolve("last-good")), new ReloadMetrics(registry), clock);
    }

    @Bean
    ReloaderHealth reloaderHealthIndicator(Reloader reloader) {
        return new ReloaderHealth(reloader);
    }

    @Bean
    ReloadThread reloadThread(Reloader reloader, @Value("${mehari.reload.interval:400ms}") Duration interval) {
        return new ReloadThread(reloader, interval);
    }

    @Bean
    CamelContextConfiguration loadBeforeCamelStarts(Reloader reloader) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                reloader.load();
            }

            @Override
            public void afterApplicationStart(CamelContext context) {}
        };
    }

    /** Asked for only when needed, because those who make the instances may themselves need the reloader's beans. */
    private record LateInstances(ObjectProvider<TemplateInstances> instances) implements TemplateInstances {

        @Override
        public void remake(Set<String> templateIds) throws Exception {
            TemplateInstances present = instances.getIfAvailable();
            if (present != null) {
                present.remake(templateIds);
            }
        }

        @Override
        public Map<String, Object> trialParameters(String templateId) {
            TemplateInstances present = instances.getIfAvailable();
            return present == null ? Map.of() : present.trialParameters(templateId);
        }
    }
}

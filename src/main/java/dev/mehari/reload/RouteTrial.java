package dev.mehari.reload;

import dev.mehari.problem.Problem;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.Endpoint;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.DefaultRegistry;
import org.jspecify.annotations.Nullable;
import org.quartz.CronExpression;

/**
 * Makes the routes of one file in a context of its own that is never started, with the beans, properties and components
 * of the running one. So Camel itself says what is wrong with them, and nothing that runs is touched.
 */
final class RouteTrial {

    private final CamelContext running;
    private final TemplateInstances instances;

    RouteTrial(CamelContext running, TemplateInstances instances) {
        this.running = running;
        this.instances = instances;
    }

    /** The first problem that Camel has with the file, if any. */
    List<Problem> check(RouteFile file) {
        try (DefaultCamelContext trial = context()) {
            RouteBuilder routes = RouteText.builder(trial, file);
            make(trial, routes);
            return wrongSchedules(trial, file);
        } catch (Exception | LinkageError e) {
            return List.of(RouteMistake.explain(file, e, running));
        }
    }

    private void make(DefaultCamelContext trial, RouteBuilder routes) throws Exception {
        for (RouteDefinition route : routes.getRouteCollection().getRoutes()) {
            trial.startRouteDefinitions(List.of(route));
        }
        List<RouteTemplateDefinition> templates =
                routes.getRouteTemplateCollection().getRouteTemplates();
        trial.addRouteTemplateDefinitions(templates);
        for (RouteTemplateDefinition template : templates) {
            Map<String, Object> parameters = instances.trialParameters(template.getId());
            if (!parameters.isEmpty()) {
                String id = trial.addRouteFromTemplate("trial-" + template.getId(), template.getId(), parameters);
                trial.startRouteDefinitions(List.of(trial.getRouteDefinition(id)));
            }
        }
    }

    /** Quartz itself reads the expression only when the route starts. */
    private static List<Problem> wrongSchedules(CamelContext trial, RouteFile file) {
        for (Endpoint endpoint : trial.getEndpoints()) {
            if (endpoint instanceof QuartzEndpoint quartz && quartz.getCron() != null) {
                try {
                    CronExpression.validateExpression(quartz.getCron());
                } catch (ParseException e) {
                    return List.of(RouteMistake.schedule(file, quartz.getCron(), e));
                }
            }
        }
        return List.of();
    }

    private DefaultCamelContext context() {
        DefaultCamelContext trial = new TrialContext(running);
        trial.disableJMX();
        trial.getCamelContextExtension().setName("trial");
        trial.setApplicationContextClassLoader(running.getApplicationContextClassLoader());
        trial.getPropertiesComponent().addPropertiesSource(new RunningProperties(running));
        trial.init();
        return trial;
    }

    /**
     * Endpoints are made by the running components, with their configuration, and belong to the trial. The components do
     * not: the trial neither takes them over nor stops them.
     */
    private static final class TrialContext extends DefaultCamelContext {

        private final CamelContext running;

        TrialContext(CamelContext running) {
            super(new DefaultRegistry(new RunningBeans(running)));
            this.running = running;
        }

        @Override
        public @Nullable Component getComponent(String name, boolean autoCreate, boolean autoStart) {
            return running.getComponent(name, autoCreate, autoStart);
        }
    }
}

package dev.mehari.reload;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Reads a text by Camel's YAML DSL into definitions, without adding them anywhere. */
final class RouteText {

    private RouteText() {}

    static RouteBuilder builder(CamelContext context, RouteFile file) throws Exception {
        return builder(context, file.path(), file.text());
    }

    static RouteBuilder builder(CamelContext context, String path, String text) throws Exception {
        Resource resource = ResourceHelper.fromString(path, text);
        RouteBuilder routes = (RouteBuilder) PluginHelper.getRoutesLoader(context).findRoutesBuilders(resource).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing reads " + path));
        routes.setCamelContext(context);
        routes.configureRoutes(context);
        return routes;
    }
}

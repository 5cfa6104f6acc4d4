package dev.mehari.ingest;

import org.apache.camel.builder.RouteBuilder;

/** {@code POST /api/v1/notifications} and {@code /batch}. The caller waits until his messages stand in their lanes. */
class HttpDoorRoutes extends RouteBuilder {
    private final HttpDoor door;

    HttpDoorRoutes(HttpDoor door) {
        this.door = door;
    }

    @Override
    public void configure() {
        // spotless:off
        from("platform-http:/api/v1/notifications?httpMethodRestrict=POST&useStreaming=true").routeId("door-http")
            .description("Takes one notification over HTTP and answers 202 when it is durable")
            .errorHandler(noErrorHandler())
            .process(door::accept)
            .to("direct:notify")
            .process(door::answer);

        from("platform-http:/api/v1/notifications/batch?httpMethodRestrict=POST&useStreaming=true").routeId("door-http-batch")
            .description("Takes many notifications over HTTP, each with its own result")
            .errorHandler(noErrorHandler())
            .process(door::acceptBatch)
            .split(body())
                .process(door::acceptLine)
                .to("direct:notify")
            .end()
            .process(door::answerBatch);
        // spotless:on
    }
}

package dev.mehari.ingest;

import org.apache.camel.builder.RouteBuilder;

/** {@code POST /api/v1/notifications} and {@code /batch}. The caller waits until his messages stand in their lanes. */
class HttpDoorRoutes extends RouteBuilder {
    /** Streaming gives the bytes as they came; Camel's default is a reader, which spoils what is not UTF-8. */
    private static final String RAW_POST = "?httpMethodRestrict=POST&useStreaming=true";

    private final HttpDoor door;

    HttpDoorRoutes(HttpDoor door) {
        this.door = door;
    }

    @Override
    public void configure() {
        // spotless:off
        from("platform-http:/api/v1/notifications" + RAW_POST).routeId("door-http")
            .description("Takes one notification over HTTP and answers 202 when it is durable")
            .errorHandler(noErrorHandler())
            .process(door::accept)
            .to("direct:notify")
            .process(door::answer);

        from("platform-http:/api/v1/notifications/batch" + RAW_POST).routeId("door-http-batch")
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

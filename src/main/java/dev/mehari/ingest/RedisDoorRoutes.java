package dev.mehari.ingest;

import org.apache.camel.builder.RouteBuilder;

/** The pub/sub channel, through camel-spring-redis. */
class RedisDoorRoutes extends RouteBuilder {
    private final PubSubDoor door;
    private final String channel;

    RedisDoorRoutes(PubSubDoor door, String channel) {
        this.door = door;
        this.channel = channel;
    }

    @Override
    public void configure() {
        // spotless:off
        from("spring-redis:redis:0?command=SUBSCRIBE&channels=" + channel
                + "&connectionFactory=#redisConnectionFactory&listenerContainer=#pubSubContainer&serializer=#redisText")
            .routeId("door-pubsub")
            .description("Takes what is published on the Redis channel " + channel)
            .errorHandler(noErrorHandler())
            .process(exchange -> door.hear(exchange.getMessage().getBody(String.class)));
        // spotless:on
    }
}

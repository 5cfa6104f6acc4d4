package dev.mehari.ingest;

import org.apache.camel.builder.RouteBuilder;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** The pub/sub channel, through camel-spring-redis. */
class RedisDoorRoutes extends RouteBuilder {
    private final PubSubDoor door;
    private final RedisConnectionFactory connections;
    private final String channel;

    RedisDoorRoutes(PubSubDoor door, RedisConnectionFactory connections, String channel) {
        this.door = door;
        this.connections = connections;
        this.channel = channel;
    }

    @Override
    public void configure() {
        bindToRegistry("pubSubConnections", connections);
        // spotless:off
        from("spring-redis:redis:0?command=SUBSCRIBE&channels=" + channel
                + "&connectionFactory=#pubSubConnections&listenerContainer=#pubSubContainer&serializer=#redisText")
            .routeId("door-pubsub")
            .description("Takes what is published on the Redis channel " + channel)
            .errorHandler(noErrorHandler())
            .process(exchange -> door.hear(exchange.getMessage().getBody(String.class)));
        // spotless:on
    }
}

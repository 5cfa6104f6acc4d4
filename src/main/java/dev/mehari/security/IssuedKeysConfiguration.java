package dev.mehari.security;

import dev.mehari.redis.RedisGate;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.listener.ChannelTopic;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;

@Configuration(proxyBeanMethods = false)
class IssuedKeysConfiguration {

    /** The calls come on the connection that wakes the lanes; one more would cost a thread. */
    @Bean(initMethod = "look")
    IssuedKeys issuedKeys(
            ApiKeys keys,
            RedisGate redis,
            @Qualifier("wakeUpContainer") RedisMessageListenerContainer calls,
            @Value("${mehari.redis.key-prefix}") String keyPrefix,
            Clock clock) {
        var issued = new IssuedKeys(keys, redis, keyPrefix, clock);
        calls.addMessageListener(issued, new ChannelTopic(issued.topic()));
        return issued;
    }
}

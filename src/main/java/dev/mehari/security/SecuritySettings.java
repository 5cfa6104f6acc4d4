package dev.mehari.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Keys {@code mehari.security.*}.
 *
 * @param apiKeys {@code KEY} or {@code NAME:KEY} each; empty: one is made at the first start
 * @param consolePassword of the user {@code admin}; empty: one is made at the first start
 */
@ConfigurationProperties("mehari.security")
record SecuritySettings(
        @DefaultValue List<String> apiKeys, @Nullable String consolePassword) {

    List<String> configuredKeys() {
        return apiKeys.stream().map(String::trim).filter(key -> !key.isEmpty()).toList();
    }

    @Override
    public String toString() {
        return "security settings with " + apiKeys.size() + " configured keys";
    }
}

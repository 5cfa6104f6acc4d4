package dev.mehari.tracing;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys under {@code mehari.tracing}; the variables and forms are those of OpenTelemetry's own exporters.
 *
 * @param headers may hold secrets
 * @param waiting how many spans wait for a collector that is away
 */
@ConfigurationProperties("mehari.tracing")
record TracingProperties(
        String endpoint,
        String tracesEndpoint,
        String headers,
        String serviceName,
        String resourceAttributes,
        Duration timeout,
        int waiting) {

    /** Either of the two addresses is set. */
    boolean nameACollector() {
        return !endpoint.isBlank() || !tracesEndpoint.isBlank();
    }

    /** @throws IllegalArgumentException it is no http address */
    URI address() {
        var text = tracesEndpoint.isBlank()
                ? endpoint.strip().replaceFirst("/+$", "") + "/v1/traces"
                : tracesEndpoint.strip();
        if (!text.matches("https?://[^/].*")) {
            throw new IllegalArgumentException(
                    "OTEL_EXPORTER_OTLP_ENDPOINT must be an address like http://127.0.0.1:4318.");
        }
        return URI.create(text);
    }

    /** The service's name, and what else is said of it. */
    Map<String, Object> resource() {
        var resource = new LinkedHashMap<String, Object>(pairs(resourceAttributes));
        resource.put("service.name", serviceName);
        return resource;
    }

    Map<String, String> headerMap() {
        return pairs(headers);
    }

    /** {@code a=b,c=d}, values URL-encoded (OpenTelemetry: W3C Baggage without properties). */
    private static Map<String, String> pairs(String text) {
        var pairs = new LinkedHashMap<String, String>();
        for (var pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                // A plus sign is one: this is no form.
                var value = pair.substring(equals + 1).strip().replace("+", "%2B");
                pairs.put(pair.substring(0, equals).strip(), URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        }
        return pairs;
    }

    @Override
    public String toString() {
        return "TracingProperties[***]";
    }
}

package dev.mehari.delivery;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.jspecify.annotations.Nullable;

/**
 * Camel's {@code http:}, which makes each endpoint a pool of connections with a TLS of its own, even where the endpoint names the
 * client to use, as those of all channels do: they are given one pool that is never used.
 */
final class SparingHttpComponent extends HttpComponent {
    /** Of the pool; camel-http takes these out of an endpoint's parameters when it makes one. */
    private static final Set<String> ABOUT_THE_POOL =
            Set.of("x509HostnameVerifier", "maxTotalConnections", "connectionsPerRoute", "useSystemProperties");

    private final HttpClientConnectionManager unused = PoolingHttpClientConnectionManagerBuilder.create()
            .setTlsSocketStrategy(new LateTls())
            .build();

    @Override
    protected HttpClientConnectionManager createConnectionManager(
            Map<String, Object> parameters, @Nullable SSLContextParameters tls, Map<String, Object> clientOptions)
            throws GeneralSecurityException, IOException {
        boolean hasClient = parameters.containsKey("httpClient")
                && tls == null
                && parameters.keySet().stream().noneMatch(SparingHttpComponent::isAboutThePool);
        return hasClient ? unused : super.createConnectionManager(parameters, tls, clientOptions);
    }

    private static boolean isAboutThePool(String parameter) {
        return ABOUT_THE_POOL.contains(parameter) || parameter.startsWith("httpConnection.");
    }
}

package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SparingHttpComponentTest {
    private final CloseableHttpClient client = HttpClients.createMinimal();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.getRegistry().bind("http-component", new SparingHttpComponent());
        camel.getRegistry().bind("egress", client);
        camel.start();
    }

    @AfterEach
    void stop() throws IOException {
        camel.stop();
        client.close();
    }

    @Test
    void endpointsWithAClient_shareOnePoolThatNobodyUses() {
        var trades = endpoint("http:trades.channel?httpClient=#egress&copyHeaders=false");
        var admin = endpoint("http:admin.channel?httpClient=#egress&copyHeaders=false");

        assertThat(trades.getClientConnectionManager()).isSameAs(admin.getClientConnectionManager());
        assertThat(trades.getHttpClient()).isSameAs(client);
    }

    @Test
    void endpointWithoutAClient_hasAPoolOfItsOwn() {
        var one = endpoint("http:one.example");
        var other = endpoint("http:other.example");

        assertThat(one.getClientConnectionManager()).isNotSameAs(other.getClientConnectionManager());
        assertThat(one.getHttpClient()).isNotSameAs(client);
    }

    @Test
    void optionsOfThePool_areTakenAsEver() {
        var endpoint = endpoint("http:trades.channel?httpClient=#egress&maxTotalConnections=5&connectionsPerRoute=2");

        assertThat(endpoint.getHttpClient()).isSameAs(client);
    }

    private HttpEndpoint endpoint(String uri) {
        return camel.getEndpoint(uri, HttpEndpoint.class);
    }
}

package dev.mehari.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.camel.RuntimeCamelException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TransportProblemTest {
    private static final String ADDRESS = "https://hooks.example.com/s3cret";

    static List<Arguments> problems() {
        return Stream.of(
                        new Object[] {new ConnectTimeoutException(ADDRESS), "no connection within the connect time-out"
                        },
                        new Object[] {new HttpHostConnectException(ADDRESS), "the connection was refused"},
                        new Object[] {new ConnectException(ADDRESS), "the connection was refused"},
                        new Object[] {
                            new ConnectionRequestTimeoutException(ADDRESS), "no connection of the pool became free"
                        },
                        new Object[] {new SocketTimeoutException(ADDRESS), "no answer within the response time-out"},
                        new Object[] {new UnknownHostException(ADDRESS), "the host name is not known"},
                        new Object[] {new SSLHandshakeException(ADDRESS), "the TLS handshake failed"},
                        new Object[] {
                            new NoHttpResponseException(ADDRESS), "the connection was closed before an answer came"
                        },
                        new Object[] {new SocketException(ADDRESS), "the connection was reset"},
                        new Object[] {new IOException(ADDRESS), "no answer (IOException)"},
                        new Object[] {new IllegalStateException(ADDRESS), "no answer (IllegalStateException)"})
                .map(Arguments::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblem_mayBeTriedAgain_andTellsNoAddress(Exception problem, String reason) {
        assertThat(TransportProblem.meaning(problem)).isEqualTo(new Outcome.Retry(reason, null));
        assertThat(TransportProblem.meaning(new RuntimeCamelException(problem)))
                .isEqualTo(new Outcome.Retry(reason, null));
    }
}

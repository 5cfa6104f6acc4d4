package dev.mehari.delivery;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says in a few words, from a closed set, why no answer came. Never repeats an address. */
final class TransportProblem {
    private TransportProblem() {}

    static Outcome meaning(Throwable problem) {
        var cause = problem;
        while (cause.getCause() != null && !(cause instanceof java.io.IOException)) {
            cause = cause.getCause();
        }
        var reason = switch (cause) {
            case ConnectTimeoutException timeout -> "no connection within the connect time-out";
            case HttpHostConnectException refused -> "the connection was refused";
            case ConnectionRequestTimeoutException busy -> "no connection of the pool became free";
            case SocketTimeoutException timeout -> "no answer within the response time-out";
            case UnknownHostException unknown -> "the host name is not known";
            case SSLException tls -> "the TLS handshake failed";
            case NoHttpResponseException none -> "the connection was closed before an answer came";
            case java.net.ConnectException refused -> "the connection was refused";
            case java.net.SocketException reset -> "the connection was reset";
            default -> "no answer (" + cause.getClass().getSimpleName() + ")";
        };
        return new Outcome.Retry(reason, null);
    }
}

package dev.mehari.sandbox.web;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.stereotype.Component;

/** Where this process can be reached by itself: the bound address, or loopback when it listens on all. */
@Component
class OwnAddress implements ApplicationListener<WebServerInitializedEvent> {
    private final String host;
    private volatile int port;

    OwnAddress(@Value("${server.address:}") String address, @Value("${server.port:8080}") int port) {
        this.host = reachable(address);
        this.port = port;
    }

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        if (event.getApplicationContext().getServerNamespace() == null) {
            port = event.getWebServer().getPort();
        }
    }

    URI root() {
        if (port <= 0) {
            throw new IllegalStateException("the sandbox has no address before the server has started");
        }
        return URI.create("http://" + host + ":" + port + "/");
    }

    private static String reachable(String address) {
        try {
            InetAddress bound = address.isBlank() ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
            boolean local = bound.isAnyLocalAddress() || bound.isLoopbackAddress();
            String numeric = bound.getHostAddress();
            return local ? "127.0.0.1" : numeric.contains(":") ? "[" + numeric + "]" : numeric;
        } catch (UnknownHostException unknown) {
            return "127.0.0.1";
        }
    }
}

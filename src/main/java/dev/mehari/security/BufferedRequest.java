package dev.mehari.security;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body lies in memory, raw, whatever its content type says. Forms and multipart are not taken apart:
 * {@link #getContentType()} presents them as plain bytes (the header still tells the truth), because people post JSON
 * under curl's default form type. The caller's credentials end here.
 */
final class BufferedRequest extends HttpServletRequestWrapper {
    private final byte[] body;
    private final boolean door;

    BufferedRequest(HttpServletRequest request, byte[] body, boolean door) {
        super(request);
        this.body = body;
        this.door = door;
    }

    @Override
    public @Nullable String getContentType() {
        String type = super.getContentType();
        if (!door) {
            return jsonUnlessNamed(type);
        }
        return type == null ? null : "application/octet-stream";
    }

    /** The management API takes no forms: what comes as one, or as nothing, is the JSON that somebody typed into curl. */
    private @Nullable String jsonUnlessNamed(@Nullable String type) {
        boolean form = type == null || type.startsWith("application/x-www-form-urlencoded");
        return form && body.length > 0 ? "application/json" : type;
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Body(new ByteArrayInputStream(body));
    }

    @Override
    public BufferedReader getReader() {
        return new BufferedReader(new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8));
    }

    @Override
    public int getContentLength() {
        return body.length;
    }

    @Override
    public long getContentLengthLong() {
        return body.length;
    }

    @Override
    public @Nullable String getHeader(String name) {
        if (hidden(name)) {
            return null;
        }
        String value = super.getHeader(name);
        return !door && name.equalsIgnoreCase("content-type") ? jsonUnlessNamed(value) : value;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        if (hidden(name)) {
            return Collections.emptyEnumeration();
        }
        return !door && name.equalsIgnoreCase("content-type") && getHeader(name) instanceof String type
                ? Collections.enumeration(List.of(type))
                : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = Collections.list(super.getHeaderNames());
        names.removeIf(BufferedRequest::hidden);
        return Collections.enumeration(names);
    }

    private static boolean hidden(String name) {
        return switch (name.length()) {
            case 6 -> name.equalsIgnoreCase("cookie");
            case 13 -> name.equalsIgnoreCase("authorization");
            case 19 -> name.equalsIgnoreCase("proxy-authorization");
            default -> false;
        };
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        private Body(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            try {
                listener.onDataAvailable();
                listener.onAllDataRead();
            } catch (IOException failure) {
                listener.onError(failure);
            }
        }
    }
}

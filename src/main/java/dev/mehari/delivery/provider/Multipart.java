package dev.mehari.delivery.provider;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A {@code multipart/form-data} body. The boundary is a hash of the first part, so no part can hold it by chance or intent. */
final class Multipart {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final String boundary;

    Multipart(byte[] seed) {
        this.boundary = "mehari-" + UUID.nameUUIDFromBytes(seed);
    }

    /** @param name must hold no quotes; sent as it is, brackets too */
    Multipart field(String name, String contentType, byte[] content) {
        return part("name=\"" + name + "\"", contentType, content);
    }

    Multipart file(String name, String fileName, String contentType, byte[] content) {
        return part("name=\"" + name + "\"; filename=\"" + fileName + "\"", contentType, content);
    }

    private Multipart part(String disposition, String contentType, byte[] content) {
        ascii("--" + boundary + "\r\nContent-Disposition: form-data; " + disposition + "\r\nContent-Type: "
                + contentType + "\r\n\r\n");
        out.writeBytes(content);
        ascii("\r\n");
        return this;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    byte[] body() {
        ascii("--" + boundary + "--\r\n");
        return out.toByteArray();
    }

    private void ascii(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}

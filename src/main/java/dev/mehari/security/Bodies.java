package dev.mehari.security;

import dev.mehari.http.ProblemJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.EOFException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Takes the bodies of API and webhook calls off the wire, each within its limit, before anything else reads them. */
final class Bodies {
    private static final String BATCH = "/api/v1/notifications/batch";
    private final int max;
    private final int maxBatch;

    /** @param max in bytes; {@code maxBatch} holds for the batch call alone */
    Bodies(int max, int maxBatch) {
        this.max = max;
        this.maxBatch = maxBatch;
    }

    static boolean concerns(String path) {
        return path.startsWith("/api/") || path.startsWith("/webhook/") || path.equals("/webhook");
    }

    /** The same request with its body in memory; null when it was too long, and the answer is given. */
    @Nullable
    HttpServletRequest take(String path, HttpServletRequest request, HttpServletResponse response) throws IOException {
        int limit = path.equals(BATCH) ? maxBatch : max;
        try {
            byte[] body = read(request, limit);
            if (body != null) {
                return new BufferedRequest(request, body, isDoor(path));
            }
            ProblemJson.send(request, response, 413, "too-large", "The body is longer than " + limit + " bytes.");
        } catch (IOException cutOff) {
            ProblemJson.send(request, response, 400, "body-incomplete", "The body ended before it was complete.");
        }
        return null;
    }

    private static byte @Nullable [] read(HttpServletRequest request, int limit) throws IOException {
        long announced = request.getContentLengthLong();
        if (announced > limit) {
            return null;
        }
        if (announced >= 0) {
            byte[] body = new byte[(int) announced];
            if (request.getInputStream().readNBytes(body, 0, body.length) < body.length) {
                throw new EOFException();
            }
            return body;
        }
        byte[] body = request.getInputStream().readNBytes(limit + 1);
        return body.length > limit ? null : body;
    }

    private static boolean isDoor(String path) {
        return path.startsWith("/webhook") || path.equals("/api/v1/notifications") || path.equals(BATCH);
    }
}

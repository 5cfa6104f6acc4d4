package dev.mehari.http;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;

/** Files of the jar that a browser shows, with the headers that keep a page to itself. */
public final class PageFiles {
    private PageFiles() {}

    /**
     * The file, or 404 when the jar has none there.
     *
     * @param type without its charset, which is UTF-8
     * @param policy of what the page may load and do (Content-Security-Policy)
     */
    public static ResponseEntity<Resource> answer(String path, String type, String policy) {
        Resource resource = new ClassPathResource(path);
        if (!resource.exists()) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .header("Content-Type", type + "; charset=utf-8")
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-cache")
                .body(resource);
    }
}

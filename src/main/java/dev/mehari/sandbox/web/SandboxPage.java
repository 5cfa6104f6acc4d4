package dev.mehari.sandbox.web;

import dev.mehari.http.PageFiles;
import java.util.Map;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The page that shows the inbox. All it needs is in this process; a browser is told to take nothing from elsewhere. */
@RestController
class SandboxPage {
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "css", "text/css", "js", "text/javascript", "svg", "image/svg+xml");
    /** Pictures may come from anywhere: a message's images and avatars are shown as Discord would show them. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
            + "img-src 'self' https: http: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    @GetMapping({"/sandbox", "/sandbox/"})
    ResponseEntity<Resource> page() {
        return resource("index.html");
    }

    @GetMapping("/sandbox/assets/{name}")
    ResponseEntity<Resource> asset(@PathVariable String name) {
        return name.matches("[a-z-]+\\.(css|js|svg)")
                ? resource(name)
                : ResponseEntity.notFound().build();
    }

    private static ResponseEntity<Resource> resource(String name) {
        String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
        return PageFiles.answer("sandbox/" + name, type, POLICY);
    }
}

package dev.mehari.api.docs;

import dev.mehari.http.PageFiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The page that shows the document and sends its examples. All of it lies in the jar, and it asks nobody else. */
@RestController
class DocsPage {
    private static final Map<String, String> ASSETS = Map.of(
            "docs.js", "text/javascript",
            "swagger-ui-bundle.js", "text/javascript",
            "swagger-ui.css", "text/css");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final ObjectProvider<RequestMappingHandlerMapping> controllers;
    private byte @Nullable [] document;

    DocsPage(@Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> controllers) {
        this.controllers = controllers;
    }

    /** Nobody reads it at the start, so it is made when it is first asked for. */
    @GetMapping(path = "/docs/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    synchronized byte[] document() {
        var made = document;
        if (made == null) {
            made = ApiDocument.of(controllers.getObject());
            document = made;
        }
        return made;
    }

    @GetMapping({"/docs", "/docs/"})
    ResponseEntity<Resource> page() {
        return resource("index.html", "text/html");
    }

    @GetMapping("/docs/assets/{name}")
    ResponseEntity<Resource> asset(@PathVariable String name) {
        var type = ASSETS.get(name);
        return type == null ? ResponseEntity.notFound().build() : resource(name, type);
    }

    private static ResponseEntity<Resource> resource(String name, String type) {
        return PageFiles.answer("docs/" + name, type, POLICY);
    }
}

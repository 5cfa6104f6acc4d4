package dev.mehari.api;

import dev.mehari.http.ApiException;
import dev.mehari.security.IssuedKeys;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** API keys: seen by name, made, taken away; each takes effect on all nodes before the answer, or within a moment. */
@RestController
@RequestMapping("/api/v1/keys")
class KeysController {
    private final IssuedKeys keys;

    KeysController(IssuedKeys keys) {
        this.keys = keys;
    }

    @Schema(name = "Keys")
    record Listing(List<IssuedKeys.Known> keys) {}

    @Schema(name = "KeyWanted")
    record Wanted(@Nullable String name) {}

    @GetMapping
    Listing list() {
        return new Listing(keys.all());
    }

    /** The key stands in the answer and nowhere else. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<IssuedKeys.Made> make(@RequestBody Wanted wanted, HttpServletRequest request) {
        if (wanted.name() == null) {
            throw ApiException.invalid("Name the key: {\"name\":\"ci\"}.");
        }
        var made = keys.make(wanted.name());
        OperatorTrail.note(request, "name=" + made.name());
        return ResponseEntity.status(HttpStatus.CREATED)
                .cacheControl(CacheControl.noStore())
                .body(made);
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(@PathVariable String name) {
        keys.revoke(name);
    }
}

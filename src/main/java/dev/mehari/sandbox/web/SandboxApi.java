package dev.mehari.sandbox.web;

import dev.mehari.sandbox.Fault;
import dev.mehari.sandbox.InboxMessage;
import dev.mehari.sandbox.Sandbox;
import dev.mehari.sandbox.Violations.Violation;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the sandbox holds, and its switches. */
@RestController
@RequestMapping("/sandbox/api")
class SandboxApi {
    private final Sandbox sandbox;

    SandboxApi(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** One line of the page's channel list. */
    record ChannelLine(
            String name,
            @Nullable String provider,
            @Nullable String path,
            long received,
            @Nullable Fault fault) {}

    @GetMapping("/channels")
    List<ChannelLine> channels() {
        Map<String, Long> received = sandbox.inbox().received();
        Map<String, Fault> faults = sandbox.faults().all();
        TreeSet<String> names = new TreeSet<>(sandbox.channels().keySet());
        names.addAll(received.keySet());
        return names.stream()
                .map(name -> line(name, received.getOrDefault(name, 0L), faults.get(name)))
                .toList();
    }

    @GetMapping("/messages")
    List<MessageView> messages(
            @RequestParam(required = false) @Nullable String channel, @RequestParam(defaultValue = "200") int limit) {
        List<InboxMessage> messages =
                channel == null ? sandbox.inbox().messages() : sandbox.inbox().messages(channel);
        return messages.stream().limit(Math.max(0, limit)).map(MessageView::of).toList();
    }

    @DeleteMapping("/messages")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@RequestParam(required = false) @Nullable String channel) {
        if (channel == null) {
            sandbox.inbox().clear();
        } else {
            sandbox.inbox().clear(channel);
        }
    }

    /** A file of a message; only pictures are shown by a browser, all else is handed over for saving. */
    @GetMapping("/messages/{id}/files/{index}")
    ResponseEntity<byte[]> file(@PathVariable String id, @PathVariable int index) {
        List<InboxMessage.File> files =
                sandbox.inbox().find(id).map(InboxMessage::files).orElse(List.of());
        if (index < 0 || index >= files.size()) {
            return ResponseEntity.notFound().build();
        }
        boolean picture = files.get(index).contentType().matches("image/(png|jpeg|gif|webp)");
        return ResponseEntity.ok()
                .contentType(
                        picture
                                ? MediaType.parseMediaType(files.get(index).contentType())
                                : MediaType.APPLICATION_OCTET_STREAM)
                .header("Content-Disposition", picture ? "inline" : "attachment")
                .header("X-Content-Type-Options", "nosniff")
                .body(files.get(index).bytes());
    }

    @GetMapping("/violations")
    List<Violation> violations() {
        return sandbox.violations().all();
    }

    @DeleteMapping("/violations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forgive() {
        sandbox.violations().clear();
    }

    @GetMapping("/faults")
    Map<String, Fault> faults() {
        return sandbox.faults().all();
    }

    @PutMapping("/faults/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void switchOn(@PathVariable String channel, @RequestBody Fault fault) {
        sandbox.faults().put(channel, fault);
    }

    @DeleteMapping("/faults/{channel}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void switchOff(@PathVariable String channel) {
        sandbox.faults().remove(channel);
    }

    @DeleteMapping("/faults")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void mend() {
        sandbox.faults().clear();
    }

    @ExceptionHandler(HttpMessageNotReadableException.class)
    ProblemDetail unreadable(HttpMessageNotReadableException unreadable) {
        String reason = unreadable.getMostSpecificCause() instanceof IllegalArgumentException problem
                ? String.valueOf(problem.getMessage())
                : "the body must be a JSON object such as {\"kind\":\"status\",\"status\":503,\"times\":3}; kind is one of "
                        + "status, slow, rate-limited, banned, deleted, unauthorized, reset, lost-answer, flaky, "
                        + "version-6, migrated";
        return ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_ENTITY, reason);
    }

    private ChannelLine line(String name, long received, @Nullable Fault fault) {
        var registered = sandbox.channels().get(name);
        return new ChannelLine(
                name,
                registered == null ? null : registered.provider(),
                registered == null ? null : registered.path(),
                received,
                fault);
    }
}

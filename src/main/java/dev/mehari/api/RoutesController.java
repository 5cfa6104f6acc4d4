package dev.mehari.api;

import dev.mehari.reload.FileState;
import dev.mehari.reload.Reloader;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The operators' files: what is in use, what was refused and why. */
@RestController
@RequestMapping("/api/v1")
class RoutesController {
    private final Reloader reloader;

    RoutesController(Reloader reloader) {
        this.reloader = reloader;
    }

    /**
     * @param ok whether every file on disk is in use
     * @param files by path; one that is not ok goes on with its last good text, or is left out when its hash is empty
     */
    @Schema(name = "OperatorsFiles")
    record Files(boolean ok, List<FileState> files) {
        static Files of(List<FileState> states) {
            return new Files(states.stream().allMatch(FileState::ok), states);
        }
    }

    @GetMapping("/routes")
    Files files() {
        return Files.of(reloader.states());
    }

    /** Takes what stands on disk at once. A refused file is no failure of the call: it shows in the answer. */
    @PostMapping("/reload")
    Files reload() {
        return Files.of(reloader.reloadNow());
    }
}

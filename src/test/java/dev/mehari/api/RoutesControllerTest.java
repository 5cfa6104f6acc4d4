package dev.mehari.api;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.mehari.problem.Problem;
import dev.mehari.reload.FileState;
import dev.mehari.reload.Reloader;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class RoutesControllerTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final FileState GOOD = new FileState("routes/a.yaml", "routes", "aa", NOON, true, List.of());
    private static final FileState BAD = new FileState(
            "routes/b.yaml", "routes", "bb", NOON, false, List.of(new Problem("routes/b.yaml", 12, 3, "Mend it.")));

    private final Reloader reloader = mock(Reloader.class);
    private final MockMvc api =
            MockMvcBuilders.standaloneSetup(new RoutesController(reloader)).build();

    @Test
    void files_tellWhatIsInUseAndWhy() throws Exception {
        when(reloader.states()).thenReturn(List.of(GOOD, BAD));

        api.perform(get("/api/v1/routes"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.ok").value(false))
                .andExpect(jsonPath("$.files[0].path").value("routes/a.yaml"))
                .andExpect(jsonPath("$.files[1].problems[0].line").value(12))
                .andExpect(jsonPath("$.files[1].problems[0].message").value("Mend it."));
    }

    @Test
    void reload_answersHowAllStandAfterwards() throws Exception {
        when(reloader.reloadNow()).thenReturn(List.of(GOOD));

        api.perform(post("/api/v1/reload"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.ok").value(true));
    }
}

package dev.mehari.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.delete;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.jayway.jsonpath.JsonPath;
import dev.mehari.deadletter.DeadLetter;
import dev.mehari.deadletter.DeadLetterFilter;
import dev.mehari.deadletter.DeadLetters;
import dev.mehari.deadletter.DeadLettersForTests;
import dev.mehari.deadletter.DeadReason;
import dev.mehari.deadletter.NotReplayable;
import dev.mehari.deadletter.Replayer;
import dev.mehari.http.ApiException;
import dev.mehari.testkit.RealRedis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class DeadLettersControllerIT {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);

    @RegisterExtension
    static final RealRedis redis = new RealRedis();

    private final List<DeadLetter> replayed = new ArrayList<>();
    private Replayer replayer = replayed::add;
    private final DeadLetters letters =
            DeadLettersForTests.over(redis.template(), letter -> replayer.replay(letter), CLOCK);
    private final MockMvc api = MockMvcBuilders.standaloneSetup(new DeadLettersController(letters, CLOCK))
            .build();
    private String first;

    @BeforeEach
    void threeLetters() {
        first = put("one", DeadReason.NOT_UNDERSTOOD, Duration.ofDays(40));
        put("two", DeadReason.INVALID, Duration.ofDays(20));
        put("three", DeadReason.INVALID, Duration.ofHours(1));
    }

    @Test
    void list_isGroupedAndPaged() throws Exception {
        var page = api.perform(get("/api/v1/dead-letters?limit=2"))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.total").value(3))
                .andExpect(jsonPath("$.groups[0].reason").value("invalid"))
                .andExpect(jsonPath("$.groups[0].count").value(2))
                .andExpect(jsonPath("$.deadLetters[0].raw").value("three"))
                .andExpect(jsonPath("$.deadLetters[0].diedAt").value("2026-11-20T11:00:00.000Z"))
                .andReturn();
        var cursor = JsonPath.<String>read(page.getResponse().getContentAsString(), "$.cursor");

        api.perform(get("/api/v1/dead-letters?limit=2&cursor=" + cursor))
                .andExpect(jsonPath("$.deadLetters.length()").value(1))
                .andExpect(jsonPath("$.deadLetters[0].raw").value("one"))
                .andExpect(jsonPath("$.cursor").isEmpty());
    }

    @Test
    void list_isFiltered() throws Exception {
        api.perform(get("/api/v1/dead-letters?reason=not-understood"))
                .andExpect(jsonPath("$.total").value(1))
                .andExpect(jsonPath("$.deadLetters[0].id").value(first));
    }

    @Test
    void letter_isShownReplayedAndThenGone() throws Exception {
        api.perform(get("/api/v1/dead-letters/" + first))
                .andExpect(jsonPath("$.reason").value("not-understood"));

        api.perform(post("/api/v1/dead-letters/" + first + "/replay")).andExpect(status().isAccepted());

        assertThat(replayed).extracting(DeadLetter::raw).containsExactly("one");
        assertThatThrownBy(() -> api.perform(get("/api/v1/dead-letters/" + first)))
                .hasCauseInstanceOf(ApiException.class)
                .hasMessageContaining("it was replayed, deleted or purged");
    }

    @Test
    void letterThatCannotBeReplayed_staysAndSaysWhy() {
        replayer = letter -> {
            throw new NotReplayable("The channel trades is gone.");
        };

        assertThatThrownBy(() -> api.perform(post("/api/v1/dead-letters/" + first + "/replay")))
                .cause()
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(409))
                .hasMessage("The channel trades is gone.");
        assertThat(letters.size()).isEqualTo(3);
    }

    @Test
    void many_areCountedBeforeTheyAreReplayed() throws Exception {
        api.perform(post("/api/v1/dead-letters/replay?reason=invalid&dryRun=true"))
                .andExpect(jsonPath("$.matched").value(2))
                .andExpect(jsonPath("$.replayed").value(0));
        assertThat(replayed).isEmpty();

        api.perform(post("/api/v1/dead-letters/replay?reason=invalid"))
                .andExpect(jsonPath("$.replayed").value(2));

        assertThat(letters.size()).isEqualTo(1);
    }

    @Test
    void letters_areDeletedByIdAndByAge() throws Exception {
        api.perform(delete("/api/v1/dead-letters?olderThan=30d"))
                .andExpect(jsonPath("$.deleted").value(1));
        api.perform(delete("/api/v1/dead-letters?olderThan=2026-11-20T00:00:00Z"))
                .andExpect(jsonPath("$.deleted").value(1));
        var last = letters.list(DeadLetterFilter.ANY, null, 1).letters().get(0);
        api.perform(delete("/api/v1/dead-letters/" + last.id())).andExpect(status().isNoContent());

        assertThat(letters.size()).isZero();
    }

    @Test
    void wrongQuestions_areAnsweredWithWhatToDo() {
        assertRefused("/api/v1/dead-letters?limit=0", "from 1 to 500");
        assertRefused("/api/v1/dead-letters?reason=bored", "use one of attempts-exhausted");
        assertRefused("/api/v1/dead-letters?cursor=x", "use the one of the page before");
        assertThatThrownBy(() -> api.perform(delete("/api/v1/dead-letters?olderThan=yesterday")))
                .hasMessageContaining("an age like 30d");
    }

    private void assertRefused(String question, String advice) {
        assertThatThrownBy(() -> api.perform(get(question)))
                .hasCauseInstanceOf(ApiException.class)
                .hasMessageContaining(advice);
    }

    private String put(String raw, DeadReason reason, Duration age) {
        var letter =
                DeadLetter.ofText(raw, "redis", reason, null, CLOCK.instant().minus(age));
        letters.put(letter);
        return letter.id();
    }
}

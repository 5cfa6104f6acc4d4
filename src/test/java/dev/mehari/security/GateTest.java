package dev.mehari.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class GateTest {
    private static final String KEY = "a-key-for-the-tests";
    private final Readiness readiness = new Readiness();
    private final Gate gate =
            new Gate(ApiKeys.load(List.of(KEY), Path.of("unused"), Clock.systemUTC()), readiness, new Bodies(10, 100));
    private final MockHttpServletResponse response = new MockHttpServletResponse();
    private final MockFilterChain chain = new MockFilterChain();

    @BeforeEach
    void started() {
        say(ReadinessState.ACCEPTING_TRAFFIC);
    }

    @ParameterizedTest
    @CsvSource({
        "/health, true",
        "/health/readiness, true",
        "/docs, true",
        "/webhook, true",
        "/webhook/tally, true",
        "/sandbox/discord/api/webhooks/1/t, true",
        "/sandbox/telegram/bot1:t/sendMessage, true",
        "/api/v1/notifications, false",
        "/api/health/detailed, false",
        "/stats, false",
        "/error, false",
        "/anything, false",
        "/healthy, false",
        "/webhooks, false",
        "/API/v1, false",
        "/api, false"
    })
    void path_saysWhetherAStrangerMayPass(String path, boolean open) throws Exception {
        send(get(path));

        assertThat(response.getStatus()).isEqualTo(open ? 200 : 401);
        assertThat(chain.getRequest() != null).isEqualTo(open);
    }

    @Test
    void key_opensWhatIsClosed() throws Exception {
        MockHttpServletRequest request = get("/api/v1/channels");
        request.addHeader("Authorization", "Bearer " + KEY);
        send(request);

        assertThat(chain.getRequest()).isNotNull();
    }

    @Test
    void stranger_isToldHowToCome() throws Exception {
        send(get("/api/v1/channels"));

        assertThat(response.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
        assertThat(response.getContentAsString()).contains("\"code\":\"unauthorized\"", "\"traceId\":\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/../api/v1/channels",
                "/health;x=/api/v1/channels",
                "//api/v1/channels",
                "/health/%2e%2e/api",
                "/health/..",
                "/docs/%2Fapi",
                "/docs/%5capi",
                "/docs/%252e",
                "/docs/./x",
                "/docs/%00"
            })
    void ambiguousPath_isRefused(String path) throws Exception {
        send(get(path));

        assertThat(response.getStatus()).isEqualTo(400);
        assertThat(chain.getRequest()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "127.0.0.1, localhost:8080, -, GET, -, true",
                "127.0.0.1, 127.0.0.1, -, GET, -, true",
                "0:0:0:0:0:0:0:1, [::1]:8080, -, POST, -, true",
                "127.0.0.1, localhost:8080, -, POST, http://localhost:8080, true",
                "127.0.0.1, localhost:8080, -, POST, http://evil.example, false",
                "127.0.0.1, localhost:8080, -, POST, http://localhost:9999, false",
                "127.0.0.1, evil.example:8080, -, GET, -, false",
                "127.0.0.1, localhost.evil.example, -, GET, -, false",
                "127.0.0.1, localhost, 10.0.0.7, GET, -, false",
                "10.0.0.7, localhost, -, GET, -, false",
            })
    void sandbox_isOpenToThisMachineAlone(
            String from, String host, String forwardedFor, String method, String origin, boolean local)
            throws Exception {
        MockHttpServletRequest request = get("/sandbox");
        request.setMethod(method);
        request.setRemoteAddr(from);
        request.addHeader("Host", host);
        header(request, "X-Forwarded-For", forwardedFor);
        header(request, "Origin", origin);
        send(request);

        assertThat(Gate.admitted(request)).isEqualTo(local);
    }

    @Test
    void callsBeforeTheRoutesStand_areAskedToComeAgain() throws Exception {
        say(ReadinessState.REFUSING_TRAFFIC);
        send(post("/webhook/tally", "{}"));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("1");
        assertThat(response.getContentType()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"/health, 503", "/health/readiness, 503", "/health/liveness, 200", "/docs, 200"})
    void healthBeforeTheRoutesStand_isAnsweredWithoutAskingAnybody(String path, int status) throws Exception {
        say(ReadinessState.REFUSING_TRAFFIC);
        send(get(path));

        assertThat(response.getStatus()).isEqualTo(status);
        assertThat(chain.getRequest() != null).isEqualTo(status == 200);
    }

    @Test
    void longBodies_areRefusedWhetherAnnouncedOrNot() throws Exception {
        MockHttpServletRequest chunked = new MockHttpServletRequest("POST", "/webhook/tally") {
            @Override
            public long getContentLengthLong() {
                return -1;
            }
        };
        chunked.setServletPath("/webhook/tally");
        chunked.setContent(new byte[11]);
        send(chunked);
        assertThat(response.getStatus()).isEqualTo(413);

        response.reset();
        send(post("/webhook/tally", "x".repeat(11)));
        assertThat(response.getStatus()).isEqualTo(413);
        assertThat(chain.getRequest()).isNull();
    }

    @Test
    void batch_hasALimitOfItsOwn() throws Exception {
        MockHttpServletRequest request = post("/api/v1/notifications/batch", "x".repeat(100));
        request.addHeader("Authorization", "Bearer " + KEY);
        send(request);

        assertThat(passed().getInputStream().readAllBytes()).hasSize(100);
    }

    @Test
    void door_getsTheBytesWhateverTheirTypeSays() throws Exception {
        MockHttpServletRequest request = post("/webhook/tally", "{\"a\":1}");
        request.setContentType("application/x-www-form-urlencoded");
        send(request);

        assertThat(new String(passed().getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1}");
        assertThat(passed().getContentType()).isEqualTo("application/octet-stream");
        assertThat(passed().getHeader("content-type")).isEqualTo("application/x-www-form-urlencoded");
    }

    @Test
    void managementCall_mayLeaveItsTypeToCurl() throws Exception {
        MockHttpServletRequest request = post("/api/v1/explain", "{}");
        request.addHeader("Authorization", "Bearer " + KEY);
        request.setContentType("application/x-www-form-urlencoded");
        send(request);

        assertThat(passed().getContentType()).isEqualTo("application/json");
        assertThat(passed().getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(Collections.list(passed().getHeaders("content-type"))).containsExactly("application/json");
    }

    @Test
    void credentials_endAtTheGate() throws Exception {
        MockHttpServletRequest request = post("/webhook/tally", "{}");
        request.addHeader("Authorization", "Bearer secret");
        request.addHeader("Cookie", "a=b");
        request.addHeader("X-Signature", "kept");
        send(request);

        assertThat(passed().getHeader("AUTHORIZATION")).isNull();
        assertThat(passed().getHeaders("cookie").hasMoreElements()).isFalse();
        assertThat(Collections.list(passed().getHeaderNames())).containsExactly("X-Signature");
    }

    private jakarta.servlet.http.HttpServletRequest passed() {
        return (jakarta.servlet.http.HttpServletRequest) chain.getRequest();
    }

    private void send(MockHttpServletRequest request) throws Exception {
        gate.doFilter(request, response, chain);
    }

    private void say(ReadinessState state) {
        readiness.changed(new AvailabilityChangeEvent<>(this, state));
    }

    private static MockHttpServletRequest get(String path) {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
        request.setServletPath(java.net.URLDecoder.decode(path, StandardCharsets.UTF_8));
        request.setRemoteAddr("10.0.0.9");
        return request;
    }

    private static MockHttpServletRequest post(String path, String body) throws IOException {
        MockHttpServletRequest request = get(path);
        request.setMethod("POST");
        request.setContent(body.getBytes(StandardCharsets.UTF_8));
        return request;
    }

    private static void header(MockHttpServletRequest request, String name, String value) {
        if (value != null) {
            request.addHeader(name, value);
        }
    }
}

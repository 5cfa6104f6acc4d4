package dev.mehari.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.mehari.reload.Reloader;
import dev.mehari.testkit.Sink;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No token of a webhook's address and no header of a caller is to be found anywhere it does not belong. */
class SecretsJourneyIT extends Journey {
    private static final String TOKEN = "Xs3cr3tTokenOfAWebhook_that-nobody-may-see-0123456789abcdefghij";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private Sink sink;

    @BeforeEach
    void open() {
        sink = new Sink();
        logged.start();
        root().addAppender(logged);
        String refused = "http://127.0.0.1:1/api/webhooks/123456789012345678/" + TOKEN;
        GATEWAY.write(
                "config/channels.yaml",
                CHANNELS + """
                  taken: { provider: webhook, url: "%s?token=%s" }
                  unreachable: { provider: discord, url: "%s", retry: { attempts: 2 } }
                  unknown: { provider: discord, url: "%s/sandbox/discord/api/webhooks/1/%s", fallback: admin }
                """.formatted(sink.url("taken"), TOKEN, refused, GATEWAY.address(), TOKEN));
        GATEWAY.bean(Reloader.class).reloadNow();
        assertThat(GATEWAY.bean(Reloader.class).problems()).isEmpty();
    }

    @AfterEach
    void close() {
        root().detachAppender(logged);
        GATEWAY.write("config/channels.yaml", CHANNELS);
        GATEWAY.bean(Reloader.class).reloadNow();
        sink.close();
    }

    @Test
    void aTokenShowsNowhere_howeverTheDeliveryEnds() throws Exception {
        send("taken", "arrives");
        send("unreachable", "does not arrive");
        send("unknown", "is refused");

        soon().untilAsserted(() -> assertThat(sink.count("taken")).isEqualTo(1));
        soon().untilAsserted(() -> assertThat(redis().opsForList().size("notifications:dead_letter"))
                .isEqualTo(1));
        soon().untilAsserted(() -> assertThat(titles("admin")).contains("is refused"));

        assertThat(logged.list.stream().map(SecretsJourneyIT::everything))
                .isNotEmpty()
                .noneMatch(line -> line.contains(TOKEN));
        for (String path : List.of(
                "/metrics",
                "/api/v1/channels",
                "/api/v1/channels/unreachable",
                "/api/v1/dead-letters",
                "/api/v1/routes",
                "/api/v1/stats",
                "/api/health/detailed",
                "/health")) {
            assertThat(caller().get(path).text()).as(path).isNotEmpty().doesNotContain(TOKEN);
        }
        assertThat(redis().opsForList()
                        .range("notifications:dead_letter", 0, -1)
                        .toString())
                .doesNotContain(TOKEN);
        assertThat(management()).isNotEmpty().noneMatch(value -> value.contains(TOKEN));
    }

    @Test
    void aBrokenEdit_isToldWithoutTheAddress() {
        GATEWAY.write(
                "config/channels.yaml",
                CHANNELS + "  bad: { provider: discord, url: \"ht!tp://x/%s\" }\n".formatted(TOKEN));
        GATEWAY.bean(Reloader.class).reloadNow();

        assertThat(GATEWAY.bean(Reloader.class).problems()).isNotEmpty();
        assertThat(caller().get("/api/v1/routes").text()).doesNotContain(TOKEN);
        assertThat(logged.list.stream().map(SecretsJourneyIT::everything)).noneMatch(line -> line.contains(TOKEN));
    }

    @Test
    void whatACallerSendsAlong_doesNotGoOut() {
        caller().notify(
                        "{\"type\":\"a.b\",\"channel\":\"taken\"}",
                        "X-Custom",
                        "private",
                        "Cookie",
                        "a=b",
                        "Forwarded",
                        "for=10.1.2.3");

        soon().untilAsserted(() -> assertThat(sink.count("taken")).isEqualTo(1));
        String headers = sink.headers("taken").get(0).toString().toLowerCase(java.util.Locale.ROOT);
        assertThat(headers)
                .contains("webhook-id")
                .doesNotContain("authorization")
                .doesNotContain(caller().key().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("x-custom")
                .doesNotContain("cookie")
                .doesNotContain("10.1.2.3");
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    /** The line before redaction: it must not depend on that. */
    private static String everything(ILoggingEvent event) {
        StringBuilder all =
                new StringBuilder(event.getFormattedMessage()).append(event.getLevel() == Level.ERROR ? "!" : "");
        for (var problem = event.getThrowableProxy(); problem != null; problem = problem.getCause()) {
            all.append(' ').append(problem.getMessage());
        }
        return all.toString();
    }

    /** Every attribute of every MBean, and every route as Hawtio shows it. */
    private static List<String> management() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> values = new ArrayList<>();
        for (ObjectName name : server.queryNames(null, null)) {
            values.add(name.toString());
            try {
                values.addAll(shown(server, name));
            } catch (InstanceNotFoundException gone) {
                // What another context has taken away since it was listed is shown to nobody.
            }
        }
        return values;
    }

    private static List<String> shown(MBeanServer server, ObjectName name) throws JMException {
        List<String> values = new ArrayList<>();
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
            values.add(value(server, name, attribute.getName()));
        }
        if (name.toString().contains("type=routes")) {
            Object[] resolved = {true};
            values.add((String) server.invoke(name, "dumpRouteAsXml", resolved, new String[] {"boolean"}));
        }
        return values;
    }

    private static String value(MBeanServer server, ObjectName name, String attribute) {
        try {
            Object value = server.getAttribute(name, attribute);
            return value instanceof Object[] many ? Arrays.deepToString(many) : String.valueOf(value);
        } catch (JMException | RuntimeException notToBeRead) {
            return String.valueOf(notToBeRead.getMessage());
        }
    }
}

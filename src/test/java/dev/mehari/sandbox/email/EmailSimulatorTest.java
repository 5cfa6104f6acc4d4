package dev.mehari.sandbox.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mehari.sandbox.Answer;
import dev.mehari.sandbox.Calls;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailSimulatorTest {
    private static final String LETTER = """
            From: Mehari <gateway@example.org>
            To: ops@example.org
            Subject: =?UTF-8?Q?=C3=89t=C3=A9_?= =?UTF-8?B?YQ==?=
            Date: Fri, 20 Nov 2026 08:00:00 +0000
            Message-ID: <1@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="x"

            --x
            Content-Type: text/html; charset=utf-8

            <p>html</p>
            --x
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            caf=C3=A9 and a lo=
            ng line
            --x--
            """.replace("\n", "\r\n");
    private final Calls email = new Calls(calls -> new EmailSimulator(calls.inbox, calls.violations, calls.clock));

    @Test
    void letter_isRead() {
        Answer answer = send(LETTER);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).startsWith("250 2.0.0 Ok: queued as ");
        assertThat(email.newest().content()).isEqualTo("café and a long line");
        assertThat(email.newest().extra())
                .containsEntry("subject", "Été a")
                .containsEntry("message-id", "<1@example.org>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Message-ID: <1@example.org>\\r\\n | ''                              | head message-id is missing
            From:                            | Frm:                            | head from is missing
            To: ops                          | To: a@example.org\\r\\nTo: ops   | head to is there twice
            <p>html</p>\\r\\n                 | <p>html</p>\\n                   | CR LF
            """)
    void badLetter_isRefused(String old, String other, String reason) {
        String broken = LETTER.replace(unescape(old), unescape(other));

        assertThat(broken).isNotEqualTo(LETTER);
        assertThat(send(broken)).returns(400, Answer::status);
        assertThat(send(broken).text()).contains(reason);
    }

    @Test
    void longLine_isRefused() {
        assertThat(send(LETTER + "x".repeat(998) + "\r\n").status()).isEqualTo(200);
        assertThat(send(LETTER + "x".repeat(999) + "\r\n").text()).contains("longer than 998");
    }

    @Test
    void otherTypes_areRefused() {
        assertThat(email.json(email.path, LETTER).text()).contains("message/rfc822");
    }

    private Answer send(String letter) {
        return email.call("POST", email.path, Map.of("Content-Type", "message/rfc822"), letter);
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}

package dev.mehari.delivery.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.mehari.channel.Channel;
import dev.mehari.delivery.Outcome;
import dev.mehari.delivery.ProviderAnswer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpTransportTest {
    private final SmtpTransport transport = new SmtpTransport(Duration.ofSeconds(5), Duration.ofSeconds(5));
    private final EmailProvider provider = new EmailProvider(Samples.CLOCK);

    private ProviderAnswer send(String url) throws IOException {
        Channel channel = Samples.channel(
                "email",
                url,
                Map.of("tls", "none", "from", "a@x.example", "to", List.of("b@x.example", "c@x.example")));
        URI target = provider.target(channel);
        assertThat(transport.reaches(target)).isTrue();
        return transport.send(
                target, provider.compose(channel, List.of(Samples.envelope(Samples.card("Opened", "BTC\n.\nlong")))));
    }

    @Test
    void letter_arrivesWithItsLogin() throws Exception {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.setUser("b@x.example", "us er", "p@ss:w+rd");
        server.start();
        try {
            String host = "@127.0.0.1:" + server.getSmtp().getPort();
            assertThat(send("smtp://us%20er:p%40ss%3Aw+rd" + host).status()).isEqualTo(200);
            assertThat(server.getReceivedMessages()).hasSize(2).allSatisfy(letter -> {
                assertThat(letter.getSubject()).isEqualTo("Opened");
                assertThat(letter.getMessageID()).isEqualTo("<01JD4Y@x.example>");
            });
            ProviderAnswer refused = send("smtp://us%20er:wrong" + host);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.text()).doesNotContain("wrong");
        } finally {
            server.stop();
        }
    }

    @Test
    void serverWithoutStarttls_getsNoPassword() throws Exception {
        try (Script server = new Script("250 OK")) {
            Channel secure = Samples.channel("email", server.url(), Map.of("from", "a@x.example", "to", "b@x.example"));
            ProviderAnswer answer = transport.send(
                    provider.target(secure), provider.compose(secure, List.of(Samples.envelope(Samples.EMPTY))));
            assertThat(provider.judge(secure, answer)).isInstanceOf(Outcome.ChannelRejected.class);
            assertThat(answer.text()).contains("STARTTLS");
        }
    }

    @Test
    void unknownCertificate_isNotTrusted() {
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS));
        server.start();
        try {
            assertThatThrownBy(
                            () -> send("smtps://127.0.0.1:" + server.getSmtps().getPort()))
                    .isInstanceOf(SSLException.class);
        } finally {
            server.stop();
        }
    }

    @Test
    void noServer_isALineProblem() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThatThrownBy(() -> send("smtp://u:s3cret@127.0.0.1:" + port))
                .isInstanceOf(IOException.class)
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "RCPT TO:<b@|550 5.1.1 no such mailbox|200", "RCPT TO:|550 5.1.1 no such mailbox|404",
                        "RCPT TO:|451 4.3.0 try later|503",
                "MAIL FROM|553 5.1.8 sender refused|404", "MAIL FROM|552 5.3.4 too big|413",
                        "DATA-END|554 5.7.1 looks like spam|400",
                "DATA-END|552 5.3.4 too big|413", "DATA-END|452 4.3.1 disk full|503", "DATA|421 4.3.2 closing|503"
            })
    void reply_becomesTheStatusThatMeansTheSame(String command, String reply, int status) throws Exception {
        try (Script server = new Script(reply, command)) {
            ProviderAnswer answer = send(server.url());
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.text()).contains(status == 200 ? "1 of 2" : reply.substring(0, 3));
        }
    }

    /** A mail server that answers one command badly. */
    private static final class Script implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
        private final String reply;
        private final String command;

        Script(String reply) throws IOException {
            this(reply, "nothing");
        }

        Script(String reply, String command) throws IOException {
            this.reply = reply;
            this.command = command;
            Thread.ofVirtual().start(this::serve);
        }

        String url() {
            return "smtp://127.0.0.1:" + listener.getLocalPort();
        }

        private void serve() {
            try (var socket = listener.accept();
                    var in = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
                say(socket, "220 script");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    say(socket, answer(line));
                    if (line.equals("DATA") && !command.equals("DATA")) {
                        while (!".".equals(in.readLine())) {
                            // the letter
                        }
                        say(socket, answer("DATA-END"));
                    }
                }
            } catch (IOException gone) {
                // the client has hung up
            }
        }

        private String answer(String line) {
            if (line.startsWith(command) && (!command.equals("DATA") || line.equals("DATA"))) {
                return reply;
            }
            return line.equals("DATA") ? "354 go on" : "250 OK";
        }

        private static void say(java.net.Socket socket, String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}

package dev.mehari.delivery.provider;

import dev.mehari.delivery.ProviderAnswer;
import dev.mehari.delivery.ProviderRequest;
import dev.mehari.delivery.Transport;
import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Hands letters to a mail server (RFC 5321, submission RFC 6409). Its replies become the statuses that mean the same:
 * 250 is 200; 4xx is 503; a refused login 401; a refused mailbox 404; a letter too big 413; any other refusal 400.
 */
@Component
final class SmtpTransport implements Transport {
    private static final int SUBMISSION = 587;
    private static final int SUBMISSION_TLS = 465;

    private final Duration connectTimeout;
    private final Duration responseTimeout;

    SmtpTransport(
            @Value("${mehari.delivery.connect-timeout}") Duration connectTimeout,
            @Value("${mehari.delivery.response-timeout}") Duration responseTimeout) {
        this.connectTimeout = connectTimeout;
        this.responseTimeout = responseTimeout;
    }

    @Override
    public boolean reaches(URI target) {
        return "smtp".equals(target.getScheme()) || "smtps".equals(target.getScheme());
    }

    @Override
    public ProviderAnswer send(URI target, ProviderRequest request) throws IOException {
        Session session = Session.getInstance(properties(target));
        try (SMTPTransport server = new SMTPTransport(session, null)) {
            MimeMessage letter = new MimeMessage(session, new ByteArrayInputStream(request.body()));
            connect(server, target);
            return deliver(server, letter);
        } catch (AuthenticationFailedException refused) {
            return answer(401, said(refused));
        } catch (MessagingException problem) {
            if (String.valueOf(problem.getMessage()).contains("STARTTLS is required")) {
                return answer(403, "it offers no STARTTLS, and a password is not sent in the open");
            }
            throw line(problem);
        }
    }

    /** What happened to the connection, without the library's own words: those name the server. */
    private static IOException line(Throwable problem) {
        for (Throwable each = problem; each != null; each = each.getCause()) {
            if (each instanceof IOException connection) {
                return connection;
            }
        }
        return new IOException("The mail server did not take the letter");
    }

    private static ProviderAnswer deliver(SMTPTransport server, MimeMessage letter) throws MessagingException {
        try {
            server.sendMessage(letter, letter.getAllRecipients());
            return answer(200, server.getLastServerResponse());
        } catch (SendFailedException refused) {
            Address[] reached = refused.getValidSentAddresses();
            if (reached != null && reached.length > 0) {
                return answer(200, "250 taken for " + reached.length + " of " + letter.getAllRecipients().length);
            }
            return refusal(refused);
        }
    }

    /** The reply about an address when there is one, else that of the command. */
    private static ProviderAnswer refusal(SendFailedException refused) throws MessagingException {
        for (Exception each = refused; each instanceof MessagingException link; each = link.getNextException()) {
            if (each instanceof SMTPAddressFailedException mailbox) {
                return answer(status(mailbox.getReturnCode(), 404), said(mailbox));
            }
            if (each instanceof SMTPSenderFailedException sender) {
                return answer(status(sender.getReturnCode(), 404), said(sender));
            }
        }
        if (refused instanceof SMTPSendFailedException command) {
            return answer(status(command.getReturnCode(), 400), said(command));
        }
        throw refused;
    }

    private static int status(int reply, int otherwise) {
        return switch (reply) {
            case 530, 534, 535, 538 -> 401;
            case 552 -> 413;
            default -> reply >= 500 ? otherwise : 503;
        };
    }

    private static void connect(SMTPTransport server, URI target) throws MessagingException {
        String[] login = target.getRawUserInfo() == null
                ? new String[0]
                : target.getRawUserInfo().split(":", 2);
        server.connect(
                target.getHost(),
                port(target),
                login.length > 0 ? decoded(login[0]) : null,
                login.length > 1 ? decoded(login[1]) : null);
    }

    private static int port(URI target) {
        int usual = target.getScheme().equals("smtps") ? SUBMISSION_TLS : SUBMISSION;
        return target.getPort() < 0 ? usual : target.getPort();
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private Properties properties(URI target) {
        boolean open = "tls=none".equals(target.getRawQuery());
        boolean implicit = target.getScheme().equals("smtps");
        Properties properties = new Properties();
        properties.put("mail.smtp.auth", Boolean.toString(target.getRawUserInfo() != null));
        properties.put("mail.smtp.ssl.enable", Boolean.toString(implicit));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.enable", Boolean.toString(!open && !implicit));
        properties.put("mail.smtp.starttls.required", Boolean.toString(!open && !implicit));
        properties.put("mail.smtp.sendpartial", "true");
        properties.put("mail.smtp.connectiontimeout", Long.toString(connectTimeout.toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(responseTimeout.toMillis()));
        properties.put("mail.smtp.writetimeout", Long.toString(responseTimeout.toMillis()));
        return properties;
    }

    private static String said(Exception problem) {
        return String.valueOf(problem.getMessage()).strip();
    }

    private static ProviderAnswer answer(int status, String reply) {
        return new ProviderAnswer(
                status, Map.of(), String.valueOf(reply).strip().getBytes(StandardCharsets.UTF_8));
    }
}

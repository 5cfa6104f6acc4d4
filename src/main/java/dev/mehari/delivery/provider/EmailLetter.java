package dev.mehari.delivery.provider;

import dev.mehari.delivery.Envelope;
import dev.mehari.notification.Notification;
import dev.mehari.notification.Priority;
import jakarta.activation.DataHandler;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/** A card as a letter (RFC 5322): plain text and HTML as alternatives, files attached. */
final class EmailLetter {
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final int SUBJECT = 200;
    private static final int FILES = 20;
    private static final long FILE_BYTES = 10L << 20;

    private final EmailAddresses addresses;
    private final Envelope envelope;
    private final List<Upload> uploads;

    EmailLetter(EmailAddresses addresses, Envelope envelope) {
        this.addresses = addresses;
        this.envelope = envelope;
        this.uploads = envelope.plain() ? List.of() : Upload.of(envelope.notification(), FILES, FILE_BYTES);
    }

    /** Lines end with CR LF and are short enough for any server. */
    byte[] write() {
        try {
            MimeMessage message = new WithOwnId(messageId());
            headers(message);
            message.setContent(uploads.isEmpty() ? text() : mixed());
            message.saveChanges();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            message.writeTo(out);
            return out.toByteArray();
        } catch (MessagingException | IOException impossible) {
            throw new UncheckedIOException(new IOException("A letter could not be written", impossible));
        }
    }

    /** The same for every attempt; a copy that stands in for another channel is a letter of its own. */
    private String messageId() {
        String id = envelope.notification().id();
        String whole = envelope.divertedFrom() == null ? id : id + ".for." + envelope.divertedFrom();
        return "<" + whole.replaceAll("[^A-Za-z0-9._-]", "-") + "@" + addresses.domain() + ">";
    }

    private void headers(MimeMessage message) throws MessagingException {
        Notification notification = envelope.notification();
        message.setFrom(addresses.from());
        message.setRecipients(RecipientType.TO, addresses.to().toArray(Address[]::new));
        message.setSubject(subject(), "UTF-8");
        message.setSentDate(Date.from(notification.createdAt()));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        var trace = Trace.printable(notification);
        if (!trace.isEmpty()) {
            message.setHeader(Trace.HEADER, trace);
        }
        if (notification.priority() == Priority.CRITICAL || notification.priority() == Priority.HIGH) {
            message.setHeader("Importance", "high");
            message.setHeader("X-Priority", "1");
        }
    }

    /** On one line whatever the title holds, and nothing in it is an encoded word: no header can be smuggled in. */
    private String subject() {
        String standsIn =
                CardLines.standsIn(envelope).map(name -> "[" + name + "] ").orElse("");
        String line = (standsIn + CardLines.title(envelope)).replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}\\s]+", " ");
        return Cut.to(SUBJECT, line.strip().replace("=?", "= ?"));
    }

    private MimeMultipart text() throws MessagingException {
        MimeMultipart alternatives = new MimeMultipart("alternative");
        alternatives.addBodyPart(text(String.join("\n", CardLines.of(envelope, uploads)) + "\n", "plain"));
        if (!envelope.plain()) {
            alternatives.addBodyPart(text(EmailHtml.of(envelope, uploads), "html"));
        }
        return alternatives;
    }

    /** Quoted-printable keeps lines short and readable. */
    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text.replaceAll("\\r\\n?|\\n", "\r\n"), "UTF-8", subtype);
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private MimeMultipart mixed() throws MessagingException {
        MimeMultipart mixed = new MimeMultipart("mixed");
        MimeBodyPart first = new MimeBodyPart();
        first.setContent(text());
        mixed.addBodyPart(first);
        for (Upload upload : uploads) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(upload.content(), upload.contentType())));
            part.setFileName(upload.name());
            part.setDisposition(Part.ATTACHMENT);
            part.setContentID("<" + upload.name() + ">");
            part.setHeader("Content-Transfer-Encoding", "base64");
            mixed.addBodyPart(part);
        }
        return mixed;
    }

    /** Jakarta Mail would make a new id each time. */
    private static final class WithOwnId extends MimeMessage {
        private final String id;

        WithOwnId(String id) {
            super(SESSION);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }
}

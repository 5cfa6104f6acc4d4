package dev.mehari.delivery.provider;

import dev.mehari.delivery.Envelope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A card as the messages it takes, in order: the first with its picture or files, where there are any, and with as much
 * text as a caption holds; the rest of the text in messages of its own. The plain form is cut at the same places, so that
 * it can go on where the rich one was refused. Immutable.
 */
final class TelegramParts {
    static final int TEXT = 4096;
    static final int CAPTION = 1024;

    /** @param full whether all that follows it is left out, which the part then says */
    private record Part(int from, int to, boolean full) {}

    private final TelegramText text;
    private final List<Part> parts = new ArrayList<>();
    private final String note;
    /** What only the plain form has to spell out: files that it does not carry, and addresses. */
    private final String files;

    private final String addresses;

    /**
     * @param captioned whether the first part is a caption
     * @param most messages that one card may take
     */
    TelegramParts(Envelope envelope, TelegramText text, boolean captioned, int most) {
        this.text = text;
        this.note = Cut.note(envelope);
        this.files = envelope.plain() ? files(envelope) : "";
        this.addresses = envelope.plain() ? addresses(envelope) : "";
        split(captioned, most);
        boolean room = last().to() - last().from() + addresses.length() <= TEXT;
        if (!room && parts.size() < most) {
            parts.add(new Part(text.length(), text.length(), false));
        }
    }

    private void split(boolean captioned, int most) {
        String plain = text.plain();
        int at = 0;
        while (at < plain.length() || parts.isEmpty()) {
            int limit = captioned && parts.isEmpty() ? CAPTION : TEXT;
            boolean full = parts.size() + 1 == most && plain.length() - at > limit;
            int end = full ? Cut.end(plain, at, limit - note.length()) : end(at, limit, captioned && parts.isEmpty());
            parts.add(new Part(at, stripped(plain, at, end), full));
            at = full ? plain.length() : next(plain, end);
        }
    }

    /** A caption that does not hold all the text holds the title, so that the picture has a name. */
    private int end(int from, int limit, boolean caption) {
        boolean whole = text.length() - from <= limit;
        return caption && !whole && text.heading() <= limit ? text.heading() : Cut.end(text.plain(), from, limit);
    }

    private static int stripped(String plain, int from, int to) {
        int end = to;
        while (end > from && Character.isWhitespace(plain.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static int next(String plain, int end) {
        int at = end;
        while (at < plain.length() && Character.isWhitespace(plain.charAt(at))) {
            at++;
        }
        return at;
    }

    private Part last() {
        return parts.getLast();
    }

    int count() {
        return parts.size();
    }

    /** What Telegram will count of a part. */
    int length(int number) {
        Part part = parts.get(number);
        return part.to() - part.from() + (part.full() ? note.length() : 0);
    }

    String html(int number) {
        Part part = parts.get(number);
        return text.html(part.from(), part.to()) + (part.full() ? TelegramHtml.escape(note) : "");
    }

    String plain(int number) {
        Part part = parts.get(number);
        String said = text.plain(part.from(), part.to()) + (part.full() ? note : "");
        String written = number == 0 && said.length() + files.length() <= TEXT ? said + files : said;
        boolean fits = part == last() && written.length() + addresses.length() <= TEXT;
        return fits ? (written + addresses).strip() : written;
    }

    /** A caption leaves room for their names; a text names them itself. */
    private String files(Envelope envelope) {
        return envelope.notification().attachments().stream()
                .filter(attachment -> text.plain().lines().noneMatch(line -> line.startsWith(attachment.name() + ": ")))
                .map(attachment -> "\n" + attachment.name() + ": in the history")
                .collect(Collectors.joining());
    }

    private static String addresses(Envelope envelope) {
        StringBuilder lines = new StringBuilder();
        for (String address :
                new String[] {envelope.card().link(), envelope.card().image()}) {
            String web = CardLines.web(address);
            lines.append(web == null ? "" : "\n" + web);
        }
        return lines.toString();
    }
}

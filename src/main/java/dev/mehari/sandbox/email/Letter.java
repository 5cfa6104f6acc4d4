package dev.mehari.sandbox.email;

import dev.mehari.sandbox.EncodedWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A message as RFC 5322 writes it: heads, a blank line, a body, which may have parts (RFC 2046). */
record Letter(List<Head> heads, String body) {
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

    record Head(String name, String value) {}

    static Letter parse(String text) {
        int blank = text.indexOf("\r\n\r\n");
        String top = blank < 0 ? text : text.substring(0, blank);
        List<Head> heads = new ArrayList<>();
        for (String line : top.replaceAll("\r\n[ \t]+", " ").split("\r\n")) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                heads.add(new Head(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip()));
            }
        }
        return new Letter(List.copyOf(heads), blank < 0 ? "" : text.substring(blank + 4));
    }

    Optional<String> head(String name) {
        return heads.stream()
                .filter(head -> head.name().equals(name))
                .map(Head::value)
                .findFirst();
    }

    long count(String name) {
        return heads.stream().filter(head -> head.name().equals(name)).count();
    }

    /** The plain text, from the first part that is some; encodings undone. */
    Optional<String> text() {
        String type = head("content-type").orElse("text/plain");
        if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
            return parts(type).stream()
                    .map(Letter::text)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return type.toLowerCase(Locale.ROOT).startsWith("text/plain") ? Optional.of(decoded()) : Optional.empty();
    }

    private List<Letter> parts(String type) {
        Matcher boundary = BOUNDARY.matcher(type);
        if (!boundary.find()) {
            return List.of();
        }
        String mark = "--" + (boundary.group(1) != null ? boundary.group(1) : boundary.group(2));
        List<Letter> parts = new ArrayList<>();
        String[] pieces = ("\r\n" + body).split(Pattern.quote("\r\n" + mark));
        for (int i = 1; i < pieces.length && !pieces[i].startsWith("--"); i++) {
            parts.add(parse(pieces[i].replaceFirst("^[ \t]*\r\n", "")));
        }
        return parts;
    }

    private String decoded() {
        return switch (head("content-transfer-encoding").orElse("8bit").toLowerCase(Locale.ROOT)) {
            case "base64" -> new String(Base64.getMimeDecoder().decode(body), StandardCharsets.UTF_8);
            case "quoted-printable" -> new String(EncodedWords.quotedPrintable(body), StandardCharsets.UTF_8);
            default -> body;
        };
    }
}

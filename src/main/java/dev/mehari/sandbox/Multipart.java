package dev.mehari.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parts of a {@code multipart/form-data} body (RFC 7578), read strictly: what is malformed has no parts at all. */
public record Multipart(List<Part> parts) {
    private static final Pattern BOUNDARY =
            Pattern.compile("boundary=(?:\"([^\"]+)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("[; ]name=\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE =
            Pattern.compile("filename=\"((?:[^\"\\\\]|\\\\.)*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern TYPE =
            Pattern.compile("^content-type:\\s*(.+)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** One part; {@code filename} is null for a plain form field. */
    public record Part(String name, @Nullable String filename, String contentType, byte[] bytes) {
        public String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** Empty when the content type names no boundary or the body does not end with it. */
    public static Optional<Multipart> parse(Request request) {
        Matcher boundary = BOUNDARY.matcher(request.header("content-type").orElse(""));
        if (!boundary.find()) {
            return Optional.empty();
        }
        String word = boundary.group(1) != null ? boundary.group(1) : boundary.group(2);
        return parse(request.body(), ("--" + word).getBytes(StandardCharsets.ISO_8859_1));
    }

    public Optional<Part> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    public List<Part> files() {
        return parts.stream().filter(part -> part.filename() != null).toList();
    }

    private static Optional<Multipart> parse(byte[] body, byte[] mark) {
        List<Part> parts = new ArrayList<>();
        int at = find(body, mark, 0);
        while (at >= 0) {
            int start = at + mark.length;
            if (start + 1 < body.length && body[start] == '-' && body[start + 1] == '-') {
                return Optional.of(new Multipart(List.copyOf(parts)));
            }
            int next = find(body, mark, start);
            Optional<Part> part = next < 0 ? Optional.empty() : part(body, start + 2, next - 2);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
            at = next;
        }
        return Optional.empty();
    }

    private static Optional<Part> part(byte[] body, int from, int to) {
        int blank = find(body, "\r\n\r\n".getBytes(StandardCharsets.US_ASCII), from);
        if (blank < 0 || blank + 4 > to) {
            return Optional.empty();
        }
        String head = new String(body, from, blank - from, StandardCharsets.UTF_8);
        Matcher name = NAME.matcher(head);
        if (!name.find()) {
            return Optional.empty();
        }
        Matcher file = FILE.matcher(head);
        Matcher type = TYPE.matcher(head);
        String contentType = type.find() ? type.group(1).trim() : "application/octet-stream";
        return Optional.of(new Part(
                plain(name.group(1)),
                file.find() ? plain(file.group(1)) : null,
                contentType,
                Arrays.copyOfRange(body, blank + 4, to)));
    }

    private static String plain(String quoted) {
        return quoted.replaceAll("\\\\(.)", "$1");
    }

    private static int find(byte[] body, byte[] mark, int from) {
        outer:
        for (int i = from; i <= body.length - mark.length; i++) {
            for (int j = 0; j < mark.length; j++) {
                if (body[i + j] != mark[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}

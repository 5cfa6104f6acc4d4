package dev.mehari.sandbox.telegram;

import dev.mehari.sandbox.telegram.TelegramAnswers.Refused;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Takes formatted text apart as Telegram does and gives back the plain text; refuses what Telegram cannot parse. */
final class TelegramEntities {
    private static final Set<String> TAGS = Set.of(
            "b",
            "strong",
            "i",
            "em",
            "u",
            "ins",
            "s",
            "strike",
            "del",
            "a",
            "code",
            "pre",
            "blockquote",
            "tg-spoiler",
            "span",
            "tg-emoji");
    private static final Map<String, String> NAMED = Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"");

    private TelegramEntities() {}

    /** @param mode {@code HTML}, {@code MarkdownV2}, {@code Markdown} or empty, in any case */
    static String plain(String text, String mode) throws Refused {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "", "markdown" -> text;
            case "html" -> new Html(text).plain();
            case "markdownv2" -> new MarkdownV2(text).plain();
            default -> throw new Refused("unsupported parse_mode");
        };
    }

    private static Refused unparsable(String reason) {
        return new Refused("can't parse entities: " + reason);
    }

    /** Telegram counts offsets in bytes of UTF-8. */
    private static int bytes(String text, int end) {
        return text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    }

    private static final class Html {
        private final String text;
        private final StringBuilder plain = new StringBuilder();
        private final Deque<String> open = new ArrayDeque<>();
        private int at;

        private Html(String text) {
            this.text = text;
        }

        private String plain() throws Refused {
            while (at < text.length()) {
                switch (text.charAt(at)) {
                    case '<' -> tag();
                    case '&' -> named();
                    default -> plain.append(text.charAt(at++));
                }
            }
            if (!open.isEmpty()) {
                throw unparsable("Can't find end tag corresponding to start tag \"" + open.peek() + "\"");
            }
            return plain.toString();
        }

        private void tag() throws Refused {
            int end = text.indexOf('>', at);
            if (end < 0) {
                throw unparsable("Unclosed start tag at byte offset " + bytes(text, at));
            }
            String inside = text.substring(at + 1, end);
            if (inside.startsWith("/")) {
                close(inside.substring(1).strip().toLowerCase(Locale.ROOT));
            } else {
                open(inside.split("[\\s/]", 2)[0].toLowerCase(Locale.ROOT));
            }
            at = end + 1;
        }

        private void open(String name) throws Refused {
            if (!TAGS.contains(name)) {
                throw unparsable("Unsupported start tag \"" + name + "\" at byte offset " + bytes(text, at));
            }
            open.push(name);
        }

        private void close(String name) throws Refused {
            if (open.isEmpty()) {
                throw unparsable("Unexpected end tag at byte offset " + bytes(text, at));
            }
            String expected = open.pop();
            if (!name.isEmpty() && !name.equals(expected)) {
                throw unparsable("Unmatched end tag at byte offset " + bytes(text, at) + ", expected \"</" + expected
                        + ">\", found \"</" + name + ">\"");
            }
        }

        private void named() {
            int end = text.indexOf(';', at);
            String name = end < 0 ? "" : text.substring(at + 1, end);
            if (NAMED.containsKey(name)) {
                plain.append(NAMED.get(name));
                at = end + 1;
            } else if (name.matches("#\\d{1,7}") && Character.isValidCodePoint(Integer.parseInt(name.substring(1)))) {
                plain.appendCodePoint(Integer.parseInt(name.substring(1)));
                at = end + 1;
            } else {
                plain.append(text.charAt(at++));
            }
        }
    }

    private static final class MarkdownV2 {
        private static final String RESERVED = "_*[]()~`>#+-=|{}.!";
        private static final Map<String, String> MARKS =
                Map.of("*", "Bold", "_", "Italic", "__", "Underline", "~", "Strikethrough", "||", "Spoiler");
        private final String text;
        private final StringBuilder plain = new StringBuilder();
        private final Deque<String> open = new ArrayDeque<>();
        private int at;

        private MarkdownV2(String text) {
            this.text = text;
        }

        private String plain() throws Refused {
            while (at < text.length()) {
                step();
            }
            if (!open.isEmpty()) {
                throw unparsable("Can't find end of " + MARKS.getOrDefault(open.peek(), "TextUrl")
                        + " entity at byte offset " + bytes(text, text.length()));
            }
            return plain.toString();
        }

        private void step() throws Refused {
            char unit = text.charAt(at);
            if (unit == '\\' && at + 1 < text.length() && text.charAt(at + 1) < 127) {
                plain.append(text.charAt(at + 1));
                at += 2;
            } else if (unit == '`') {
                code();
            } else if (unit == '[') {
                open.push("[");
                at++;
            } else if (unit == ']' && "[".equals(open.peek())) {
                address();
            } else if (unit == '>' && (at == 0 || text.charAt(at - 1) == '\n')) {
                at++;
            } else if (!mark()) {
                ordinary(unit);
            }
        }

        private void ordinary(char unit) throws Refused {
            if (RESERVED.indexOf(unit) >= 0) {
                throw unparsable("Character '" + unit + "' is reserved and must be escaped with the preceding '\\'");
            }
            plain.append(unit);
            at++;
        }

        private boolean mark() {
            for (String mark : new String[] {"__", "||", "*", "_", "~"}) {
                if (text.startsWith(mark, at)) {
                    if (mark.equals(open.peek())) {
                        open.pop();
                    } else {
                        open.push(mark);
                    }
                    at += mark.length();
                    return true;
                }
            }
            return false;
        }

        private void code() throws Refused {
            String fence = text.startsWith("```", at) ? "```" : "`";
            int from = at + fence.length();
            int end = from;
            while (end < text.length() && !text.startsWith(fence, end)) {
                end += text.charAt(end) == '\\' ? 2 : 1;
            }
            if (end >= text.length()) {
                String entity = fence.length() == 3 ? "Pre" : "Code";
                throw unparsable("Can't find end of " + entity + " entity at byte offset " + bytes(text, at));
            }
            plain.append(text.substring(from, end).replaceAll("\\\\(.)", "$1"));
            at = end + fence.length();
        }

        private void address() throws Refused {
            open.pop();
            at++;
            if (at < text.length() && text.charAt(at) == '(') {
                int end = at;
                while (end < text.length() && text.charAt(end) != ')') {
                    end += text.charAt(end) == '\\' ? 2 : 1;
                }
                if (end >= text.length()) {
                    throw unparsable("Can't find end of a URL at byte offset " + bytes(text, at));
                }
                at = end + 1;
            }
        }
    }
}

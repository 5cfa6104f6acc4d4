package dev.mehari.content;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses at load what a card does not need and what could run for ever, eat the memory or reach into Java: own macros,
 * assignments, inclusion, evaluation of strings, ranges outside of slices, regular expressions. Expects a template that
 * FreeMarker has parsed.
 */
final class TemplateGuard {

    /** What is refused, and at which index of the text. */
    record Refusal(int index, String message) {}

    private static final Set<String> DIRECTIVES = Set.of(
            "if",
            "elseif",
            "elseIf",
            "else",
            "list",
            "items",
            "sep",
            "break",
            "continue",
            "switch",
            "case",
            "on",
            "default",
            "compress",
            "noparse",
            "noParse",
            "t",
            "lt",
            "rt",
            "nt");
    private static final Pattern BUILT_IN = Pattern.compile(
            "\\?\\s*(new|api|eval|interpret|matches|with_args|withArgs|with_args_last|withArgsLast)\\b");
    private static final Pattern PADDING =
            Pattern.compile("\\?\\s*(?:left_pad|right_pad|leftPad|rightPad)\\b(?!\\s*\\(\\s*\\d{1,3}\\s*[,)])");
    private static final Pattern REGEX = Pattern.compile("\\?\\s*(?:replace|split|contains)\\b.*,\\s*['\"]\\w*r");
    private static final Pattern FLAGS = Pattern.compile("\\w{1,6}");

    private final String source;
    private @Nullable Refusal refusal;

    private TemplateGuard(String source) {
        this.source = source;
    }

    /** The first thing in the text that is refused. */
    static Optional<Refusal> check(String source) {
        TemplateGuard guard = new TemplateGuard(source);
        guard.text(0, source.length(), false);
        return Optional.ofNullable(guard.refusal);
    }

    /** Inside a string literal only {@code ${…}} means something. */
    private void text(int from, int to, boolean literal) {
        int at = from;
        while (at < to && refusal == null) {
            if (source.startsWith("${", at)) {
                at = expression(at + 2, to, '}');
            } else if (literal) {
                at++;
            } else if (source.startsWith("<#--", at)) {
                at = after("-->", at);
            } else if (source.startsWith("<#", at)) {
                at = directive(at, to);
            } else if (source.startsWith("<@", at)) {
                refuse(at, "'<@' would call a macro, and cards have none. To print it, write ${'<@'}.");
            } else {
                at++;
            }
        }
    }

    private int directive(int at, int to) {
        int end = at + 2;
        while (end < to && Character.isLetter(source.charAt(end))) {
            end++;
        }
        String name = source.substring(at + 2, end);
        if (!DIRECTIVES.contains(name)) {
            refuse(at, "<#" + name + "> is not allowed in a card; <#if>, <#list>, <#switch> and ${…} are.");
            return to;
        }
        int next = expression(end, to, '>');
        return name.equalsIgnoreCase("noparse") ? after("</#" + name + ">", next) : next;
    }

    private int expression(int from, int to, char end) {
        StringBuilder code = new StringBuilder();
        int depth = 0;
        int brackets = 0;
        int at = from;
        while (at < to && !(depth == 0 && source.charAt(at) == end)) {
            char sign = source.charAt(at);
            if (sign == '"' || sign == '\'') {
                int close = closing(at, to);
                String literal = source.substring(at + 1, close);
                text(at + 1, close, true);
                code.append(sign)
                        .append(FLAGS.matcher(literal).matches() ? literal : "")
                        .append(sign);
                at = close + 1;
                continue;
            }
            depth += "([{".indexOf(sign) >= 0 ? 1 : ")]}".indexOf(sign) >= 0 ? -1 : 0;
            brackets += sign == '[' ? 1 : sign == ']' ? -1 : 0;
            if (brackets == 0 && source.startsWith("..", at)) {
                refuse(at, "Ranges such as 1..9 are only for slices, ${text[0..9]}; a card lists what is in its data.");
            }
            code.append(sign);
            at++;
        }
        builtIns(from, code.toString());
        return at + 1;
    }

    private void builtIns(int index, String code) {
        Matcher builtIn = BUILT_IN.matcher(code);
        if (builtIn.find()) {
            refuse(index, "?" + builtIn.group(1) + " is not allowed in a card.");
        } else if (PADDING.matcher(code).find()) {
            refuse(index, "Padding needs its width as a plain number up to 999: ?left_pad(10).");
        } else if (REGEX.matcher(code).find()) {
            refuse(index, "Regular expressions (flag 'r') are not allowed in a card; replace plain text instead.");
        }
    }

    private int closing(int open, int to) {
        boolean raw = open > 0 && source.charAt(open - 1) == 'r';
        int at = open + 1;
        while (at < to && source.charAt(at) != source.charAt(open)) {
            at += source.charAt(at) == '\\' && !raw ? 2 : 1;
        }
        return Math.min(at, to);
    }

    private int after(String mark, int from) {
        int found = source.indexOf(mark, from);
        return found < 0 ? source.length() : found + mark.length();
    }

    private void refuse(int index, String message) {
        if (refusal == null) {
            refusal = new Refusal(index, message);
        }
    }
}

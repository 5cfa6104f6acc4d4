package dev.mehari.deadletter;

import java.util.List;
import java.util.regex.Pattern;

/** Blots out what may be a secret in a provider's answer or an error: the tokens in webhook addresses, credentials. */
final class Masked {
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(/webhooks/\\d+/)[^\\s/?\"'<>]+"),
            Pattern.compile("(/bot\\d+:)[^\\s/?\"'<>]+"),
            Pattern.compile("(hooks\\.slack\\.com/\\w+/)[^\\s?\"'<>]+"),
            Pattern.compile("(://)[^\\s/@\"'<>]+(?=@)"),
            Pattern.compile("(?i)(\\b(?:bearer|basic|bot)\\s+)[\\w.~+/=-]{8,}"),
            Pattern.compile(
                    "(?i)((?:token|secret|password|passwd|api[_-]?key|authorization|signature)[\"']?\\s*[=:]\\s*[\"']?)"
                            + "(?!bearer|basic|bot)[^\\s&\"',;}<>]+"));

    private Masked() {}

    static String text(String text) {
        String masked = text;
        for (Pattern secret : SECRETS) {
            masked = secret.matcher(masked).replaceAll("$1***");
        }
        return masked;
    }
}

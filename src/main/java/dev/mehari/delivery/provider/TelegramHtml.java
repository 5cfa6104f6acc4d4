package dev.mehari.delivery.provider;

/** Writes any text so that Telegram's HTML mode shows it as it is and calls nobody; addresses stay clickable. */
final class TelegramHtml {
    /** Not after a letter: that is an e-mail address. */
    private static final Calls CALLS = Calls.of("(?<!\\w)@(?=\\w)");

    private TelegramHtml() {}

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String attribute(String text) {
        return escape(text).replace("\"", "&quot;");
    }

    /** Telegram makes a mention of every {@code @name}, in plain text too; an e-mail address is none. */
    static String silence(String text) {
        return CALLS.silence(text);
    }
}

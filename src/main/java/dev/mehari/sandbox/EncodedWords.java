package dev.mehari.sandbox;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Header values with words such as {@code =?UTF-8?B?...?=} made readable (RFC 2047). */
public final class EncodedWords {
    private static final Pattern WORD = Pattern.compile("=\\?([^?\\s]+)\\?([BbQq])\\?([^?\\s]*)\\?=");

    private EncodedWords() {}

    /** What does not decode stays as it is. */
    public static String decode(String header) {
        String joined = header.replaceAll("\\?=\\s+=\\?", "?==?");
        return WORD.matcher(joined)
                .replaceAll(word ->
                        Matcher.quoteReplacement(decode(word.group(), word.group(1), word.group(2), word.group(3))));
    }

    private static String decode(String whole, String charset, String encoding, String text) {
        try {
            byte[] bytes = encoding.equalsIgnoreCase("B")
                    ? Base64.getDecoder().decode(text)
                    : quotedPrintable(text.replace('_', ' '));
            return new String(bytes, Charset.forName(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return whole;
        } catch (IllegalArgumentException malformed) {
            return whole;
        }
    }

    /** {@code =C3=A9} to bytes; soft line breaks vanish (RFC 2045). */
    public static byte[] quotedPrintable(String text) {
        String joined = text.replaceAll("=\r?\n", "");
        var bytes = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < joined.length(); i++) {
            boolean escape = joined.charAt(i) == '=' && joined.substring(i + 1).matches("(?s)[0-9A-Fa-f]{2}.*");
            if (escape) {
                bytes.write(Integer.parseInt(joined.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(joined.charAt(i)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}

package dev.mehari.problem;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What an unquoted word means, by the core schema of YAML 1.2 (section 10.3.2 of its specification). */
final class YamlWord {

    private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern HEX = Pattern.compile("0x[0-9a-fA-F]{1,15}");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?");

    private YamlWord() {}

    static @Nullable Object value(String word) {
        return switch (word) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(word);
        };
    }

    private static Object number(String word) {
        if (WHOLE.matcher(word).matches()) {
            BigInteger whole = new BigInteger(word);
            return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
        }
        if (HEX.matcher(word).matches()) {
            return Long.parseLong(word.substring(2), 16);
        }
        return DECIMAL.matcher(word).matches() ? (Object) Double.valueOf(word) : word;
    }
}

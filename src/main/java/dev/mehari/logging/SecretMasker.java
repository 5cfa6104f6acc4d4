package dev.mehari.logging;

import com.fasterxml.jackson.core.JsonStreamContext;
import dev.mehari.security.Redaction;
import net.logstash.logback.mask.ValueMasker;
import org.jspecify.annotations.Nullable;

/** Masks secrets in every text of a JSON line: message, values, stack traces. */
public final class SecretMasker implements ValueMasker {
    @Override
    public @Nullable Object mask(JsonStreamContext context, Object value) {
        if (!(value instanceof CharSequence text)) {
            return null;
        }
        String plain = text.toString();
        String masked = Redaction.mask(plain);
        return masked.equals(plain) ? null : masked;
    }
}

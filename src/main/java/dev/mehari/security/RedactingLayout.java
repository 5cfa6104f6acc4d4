package dev.mehari.security;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** A Logback pattern whose whole output, stack traces included, goes through {@link Redaction}. */
public class RedactingLayout extends PatternLayout {
    @Override
    public String doLayout(ILoggingEvent event) {
        return Redaction.mask(super.doLayout(event));
    }
}

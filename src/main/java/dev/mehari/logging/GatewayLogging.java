package dev.mehari.logging;

import ch.qos.logback.classic.LoggerContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.logging.LogFile;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemFactory;
import org.springframework.boot.logging.logback.LogbackLoggingSystem;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Spring Boot's Logback with {@link Appenders} of ours instead of its own. They are made without a file of XML, whose reader is
 * three hundred classes (decision 0083); a Logback file that {@code logging.config} names is read as ever.
 */
public final class GatewayLogging extends LogbackLoggingSystem {
    private GatewayLogging(ClassLoader loader) {
        super(loader);
    }

    /** No file is looked for. */
    @Override
    protected String[] getStandardConfigLocations() {
        return new String[0];
    }

    @Override
    protected void loadDefaults(LoggingInitializationContext start, @Nullable LogFile ignored) {
        super.loadDefaults(start, null);
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.setPackagingDataEnabled(false);
        new Appenders(context, start.getEnvironment()).replaceAll();
    }

    /** How Spring Boot finds it. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    public static final class Factory implements LoggingSystemFactory {
        @Override
        public @Nullable LoggingSystem getLoggingSystem(ClassLoader loader) {
            return new GatewayLogging(loader);
        }
    }
}

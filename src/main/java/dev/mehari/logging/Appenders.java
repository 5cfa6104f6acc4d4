package dev.mehari.logging;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import dev.mehari.security.RedactingLayout;
import java.nio.charset.StandardCharsets;
import net.logstash.logback.composite.GlobalCustomFieldsJsonProvider;
import net.logstash.logback.composite.JsonProviders;
import net.logstash.logback.composite.loggingevent.LogLevelJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggerNameJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventFormattedTimestampJsonProvider;
import net.logstash.logback.composite.loggingevent.LoggingEventJsonProviders;
import net.logstash.logback.composite.loggingevent.MessageJsonProvider;
import net.logstash.logback.composite.loggingevent.StackTraceJsonProvider;
import net.logstash.logback.encoder.LoggingEventCompositeJsonEncoder;
import net.logstash.logback.mask.MaskingJsonGeneratorDecorator;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * Where log lines go. The console is for people: time, level, who, what. The file is for programs, {@code mehari logs} among
 * them: a JSON object a line. Every line of both goes through redaction before it is written.
 */
final class Appenders {
    private static final String CONSOLE =
            "%clr(%d{HH:mm:ss.SSS}){faint} %clr(%5p) %clr(%-28.28logger{28}){cyan} %m%n%wEx";
    private static final int QUEUE = 4096;
    private static final int FLUSH_MILLIS = 2000;

    private final LoggerContext context;
    private final Environment environment;

    Appenders(LoggerContext context, Environment environment) {
        this.context = context;
        this.environment = environment;
    }

    /** Takes away what there was. */
    void replaceAll() {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console());
        root.addAppender(withoutWaiting(file()));
    }

    private Appender<ILoggingEvent> console() {
        var layout = new RedactingLayout();
        layout.setContext(context);
        layout.setPattern(CONSOLE);
        layout.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setName("console");
        console.setEncoder(encoder);
        return started(console);
    }

    /** Writing JSON is left to a thread of its own; under more than it can take, lines below warn are left out. */
    private Appender<ILoggingEvent> withoutWaiting(Appender<ILoggingEvent> file) {
        var lines = new AsyncAppender();
        lines.setContext(context);
        lines.setName("lines");
        lines.setQueueSize(QUEUE);
        lines.setMaxFlushTime(FLUSH_MILLIS);
        lines.addAppender(file);
        return started(lines);
    }

    /** Started; a file a day, or short ones with the profile {@code debug}. */
    Appender<ILoggingEvent> file() {
        String folder = environment.getProperty("mehari.data-dir", "data") + "/logs";
        return environment.acceptsProfiles(Profiles.of("debug")) ? shortFiles(folder) : daily(folder);
    }

    private Appender<ILoggingEvent> shortFiles(String folder) {
        var files = new ShortFiles();
        files.setName("file");
        files.setFolder(folder);
        files.setEncoder(json());
        return started(files);
    }

    private Appender<ILoggingEvent> daily(String folder) {
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setName("file");
        file.setFile(folder + "/mehari.jsonl");
        file.setEncoder(json());
        file.setContext(context);
        var days = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
        days.setContext(context);
        days.setParent(file);
        days.setFileNamePattern(folder + "/mehari-%d{yyyy-MM-dd}.%i.jsonl.gz");
        days.setMaxFileSize(FileSize.valueOf(environment.getProperty("mehari.log.file-size", "50MB")));
        days.setMaxHistory(environment.getProperty("mehari.log.keep-days", Integer.class, 14));
        days.setTotalSizeCap(FileSize.valueOf(environment.getProperty("mehari.log.keep-size", "1GB")));
        days.start();
        file.setRollingPolicy(days);
        return started(file);
    }

    private Encoder<ILoggingEvent> json() {
        var masked = new MaskingJsonGeneratorDecorator();
        masked.addValueMasker(new SecretMasker());
        masked.start();
        var encoder = new LoggingEventCompositeJsonEncoder();
        encoder.setContext(context);
        encoder.setJsonGeneratorDecorator(masked);
        encoder.setProviders(fields());
        encoder.start();
        return encoder;
    }

    /** In the order in which they stand in a line. */
    private static JsonProviders<ILoggingEvent> fields() {
        var timestamp = new LoggingEventFormattedTimestampJsonProvider();
        timestamp.setFieldName("timestamp");
        timestamp.setPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX");
        timestamp.setTimeZone("UTC");
        var component = new GlobalCustomFieldsJsonProvider<ILoggingEvent>();
        component.setCustomFields("{\"component\": \"mehari\"}");
        var logger = new LoggerNameJsonProvider();
        logger.setFieldName("logger");
        var exception = new StackTraceJsonProvider();
        exception.setFieldName("exception");
        var fields = new LoggingEventJsonProviders();
        fields.addTimestamp(timestamp);
        fields.addLogLevel(new LogLevelJsonProvider());
        fields.addGlobalCustomFields(component);
        fields.addLoggerName(logger);
        fields.addMessage(new MessageJsonProvider());
        fields.addProvider(new EventData());
        fields.addStackTrace(exception);
        return fields;
    }

    private <A extends Appender<ILoggingEvent>> A started(A appender) {
        appender.setContext(context);
        appender.start();
        return appender;
    }
}

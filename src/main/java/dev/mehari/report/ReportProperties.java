package dev.mehari.report;

import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The keys under {@code mehari.report}.
 *
 * @param timeZone in which {@code routes/reports.yaml} tells its times, {@code Europe/Paris}; bound here so that a zone
 *     nobody knows stops the start, where Quartz would silently take GMT
 */
@ConfigurationProperties("mehari.report")
record ReportProperties(ZoneId timeZone) {}

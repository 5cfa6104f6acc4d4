package dev.mehari.report;

import java.util.Collection;

/** No route makes a report of this name. */
public class UnknownReport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnknownReport(String name, Collection<String> known) {
        super("There is no report '" + name + "'; routes/reports.yaml makes " + String.join(", ", known) + ".");
    }
}

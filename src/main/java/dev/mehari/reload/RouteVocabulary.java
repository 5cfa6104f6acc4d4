package dev.mehari.reload;

import java.util.Set;

/** The names that route files may use. Asked at every check, so the answers are the current ones. */
public interface RouteVocabulary {

    /** The variables that Java sets on each exchange, {@code ${variable.NAME}} in Simple. */
    Set<String> variables();

    /** The channels that {@code to: channel:NAME} may name. */
    Set<String> channels();
}

package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** Ends a command with a sentence for people, a problem for programs and an exit code. */
final class Failure extends RuntimeException {
    private final int exit;
    private final transient JsonNode problem;

    private Failure(int exit, String message, JsonNode problem) {
        super(message);
        this.exit = exit;
        this.problem = problem;
    }

    static Failure refused(String message) {
        return new Failure(Exit.REFUSED, message, problem("refused", message));
    }

    /** @param problem the gateway's own, as it came */
    static Failure refused(String message, JsonNode problem) {
        return new Failure(Exit.REFUSED, message, problem.isObject() ? problem : problem("refused", message));
    }

    static Failure usage(String message) {
        return new Failure(Exit.USAGE, message, problem("usage", message));
    }

    static Failure notReached(String message) {
        return new Failure(Exit.NOT_REACHED, message, problem("not-reached", message));
    }

    int exit() {
        return exit;
    }

    JsonNode problem() {
        return problem;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }

    private static JsonNode problem(String code, String detail) {
        return JsonNodeFactory.instance.objectNode().put("code", code).put("detail", detail);
    }
}

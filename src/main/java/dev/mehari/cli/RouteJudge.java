package dev.mehari.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.cli.RouteCases.RouteCase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Asks a gateway where messages would go, and compares. */
final class RouteJudge {
    private final Gateway gateway;

    RouteJudge(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * What came of a case.
     *
     * @param channels where the message goes
     * @param reasons the branches that decided, said of a difference only
     * @param refusal why the gateway does not take such a message at all
     */
    record Verdict(
            RouteCase of,
            Set<String> channels,
            List<String> reasons,
            @Nullable String refusal) {
        boolean good() {
            return refusal == null && channels.equals(of.expect());
        }

        /** {@code NAME → trades}, with what is missing and what is too much. */
        String sentence() {
            if (refusal != null) {
                return of.name() + ": the gateway refuses this message. " + refusal;
            }
            String goes = of.name() + " → " + names(channels);
            if (good()) {
                return goes;
            }
            return goes + ", expected " + names(of.expect())
                    + said("; missing: ", without(of.expect(), channels))
                    + said("; not expected: ", without(channels, of.expect()));
        }

        private static String said(String words, Set<String> names) {
            return names.isEmpty() ? "" : words + String.join(", ", names);
        }

        private static String names(Set<String> names) {
            return names.isEmpty() ? "no channel" : String.join(", ", names);
        }

        private static Set<String> without(Set<String> all, Set<String> some) {
            Set<String> left = new LinkedHashSet<>(all);
            left.removeAll(some);
            return left;
        }

        ObjectNode json() {
            ObjectNode json = Json.object().put("name", of.name()).put("ok", good());
            json.set("expected", Json.of(of.expect()));
            json.set("channels", Json.of(channels));
            if (refusal != null) {
                json.put("refusal", refusal);
            }
            return json;
        }
    }

    /** @throws Failure the gateway is not reached, or does not answer such questions */
    Verdict of(RouteCase given) {
        try {
            return compare(given, gateway.post("/api/v1/explain", RouteCases.query(given.source()), given.body()));
        } catch (Failure failure) {
            int status = failure.problem().path("status").asInt();
            if (status == 400 || status == 422) {
                return new Verdict(given, Set.of(), List.of(), refusal(failure.problem()));
            }
            throw failure;
        }
    }

    /** Every wrong field, in one line. */
    private static String refusal(JsonNode problem) {
        StringJoiner wrong = new StringJoiner("; ");
        problem.path("errors")
                .forEach(error -> wrong.add(error.path("pointer").asText() + " "
                        + error.path("detail").asText()));
        return wrong.length() == 0 ? problem.path("detail").asText() : wrong.toString();
    }

    private static Verdict compare(RouteCase given, JsonNode answer) {
        if (!answer.path("channels").isArray()) {
            throw Failure.refused("The gateway's answer names no channels. It may be of another version.");
        }
        Set<String> channels = new LinkedHashSet<>();
        answer.path("channels").forEach(channel -> channels.add(channel.asText()));
        List<String> reasons = channels.equals(given.expect()) ? List.of() : reasons(answer.path("branches"));
        return new Verdict(given, channels, reasons, null);
    }

    private static List<String> reasons(JsonNode branches) {
        List<String> reasons = new ArrayList<>();
        branches.forEach(branch -> {
            String outcome = branch.path("outcome").asText();
            if (outcome.equals("taken")) {
                reasons.add("taken: " + Texts.text(branch.path("condition")) + " → " + ExplainCommand.to(branch));
            } else if (outcome.equals("failed")) {
                reasons.add(
                        "failed: " + Texts.text(branch.path("condition")) + ": " + Texts.text(branch.path("reason")));
            }
        });
        return reasons;
    }
}

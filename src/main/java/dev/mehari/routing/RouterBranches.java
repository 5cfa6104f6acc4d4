package dev.mehari.routing;

import dev.mehari.notification.Notification;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/**
 * Says of each branch of {@code routes/routing.yaml} whether it matches, by asking the very conditions that are in force.
 * Thread-safe.
 */
class RouterBranches {
    private static final String ROUTE = "routing";
    private final CamelContext camel;

    RouterBranches(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * @param condition as it stands in the file; {@code otherwise} for the last one
     * @param outcome {@code taken}, {@code refused}, {@code not asked} (an earlier one was taken) or {@code failed}
     * @param to where the branch sends, in order
     * @param reason in words
     */
    record Branch(
            String condition,
            String outcome,
            List<String> to,
            @Nullable String reason) {}

    List<Branch> of(Notification notification) {
        var route = ((ModelCamelContext) camel).getRouteDefinition(ROUTE);
        var branches = new ArrayList<Branch>();
        if (route == null) {
            return branches;
        }
        var exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(notification);
        Variables.set(exchange, notification);
        for (var step : route.getOutputs()) {
            if (step instanceof ChoiceDefinition choice) {
                ask(choice, exchange, branches);
            }
        }
        return branches;
    }

    private void ask(ChoiceDefinition choice, Exchange exchange, List<Branch> branches) {
        boolean taken = false;
        for (var when : choice.getWhenClauses()) {
            var branch = taken ? notAsked(when) : ask(when, exchange);
            taken |= branch.outcome().equals("taken");
            branches.add(branch);
        }
        if (choice.getOtherwise() != null) {
            var to = to(choice.getOtherwise());
            branches.add(
                    taken
                            ? new Branch("otherwise", "not asked", to, "an earlier branch matched")
                            : new Branch("otherwise", "taken", to, "no branch above matched"));
        }
    }

    private Branch ask(WhenDefinition when, Exchange exchange) {
        var condition = condition(when);
        try {
            var predicate = when.getExpression().createPredicate(camel);
            predicate.init(camel);
            return predicate.matches(exchange)
                    ? new Branch(condition, "taken", to(when), "the condition is true")
                    : new Branch(condition, "refused", to(when), "the condition is false");
        } catch (RuntimeException e) {
            return new Branch(condition, "failed", to(when), String.valueOf(e.getMessage()));
        }
    }

    private static Branch notAsked(WhenDefinition when) {
        return new Branch(condition(when), "not asked", to(when), "an earlier branch matched");
    }

    private static String condition(WhenDefinition when) {
        return String.valueOf(when.getExpression().getExpression());
    }

    private static List<String> to(OutputNode branch) {
        return branch.getOutputs().stream()
                .filter(SendDefinition.class::isInstance)
                .map(step -> String.valueOf(((SendDefinition<?>) step).getEndpointUri()))
                .toList();
    }
}

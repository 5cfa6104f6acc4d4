package dev.mehari.reload;

import dev.mehari.problem.Problem;
import dev.mehari.problem.Spelling;
import dev.mehari.problem.YamlNode.Place;
import dev.mehari.problem.YamlNode.Scalar;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.ExpressionIllegalSyntaxException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.NoSuchLanguageException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.component.bean.MethodNotFoundException;
import org.apache.camel.language.simple.types.SimpleParserException;

/**
 * Turns what Camel throws at a route into one sentence at the right line. Addresses are cut down to their scheme: they
 * may hold tokens (law 5).
 */
final class RouteMistake {

    private static final Pattern ADDRESS = Pattern.compile("\\b([a-z][a-z0-9+.-]*)://[^\\s'\"\\]})>]+");
    private static final Pattern LINE = Pattern.compile("\\bline:? (\\d+)(?:, column:? (\\d+))?");
    private static final Pattern UNKNOWN_OPTION = Pattern.compile("Unknown parameters=\\[\\{?([^=}\\]]+)");

    private RouteMistake() {}

    static Problem schedule(RouteFile file, String cron, ParseException e) {
        String plain = cron.replace('+', ' ');
        return at(
                file,
                text -> text.replace('+', ' ').contains(plain),
                "The cron expression '" + plain
                        + "' is not one of Quartz: " + tidy(String.valueOf(e.getMessage()))
                        + ". It reads: second minute hour day month weekday, as in '0 0 18 ? * *'.");
    }

    static Problem explain(RouteFile file, Throwable thrown, CamelContext running) {
        for (Throwable cause : causes(thrown)) {
            Optional<Problem> known = switch (cause) {
                case NoSuchEndpointException e -> Optional.of(component(file, e.getUri(), running));
                case ResolveEndpointFailedException e -> endpoint(file, e, running);
                case SimpleParserException e -> Optional.of(expression(file, cause, String.valueOf(e.getMessage())));
                case ExpressionIllegalSyntaxException e ->
                    Optional.of(expression(file, cause, String.valueOf(e.getMessage())));
                case NoSuchLanguageException e ->
                    Optional.of(at(
                            file,
                            e.getLanguage()::equals,
                            "Unknown language '" + e.getLanguage() + "'; 'simple' is the usual one."));
                case NoSuchBeanException e -> Optional.of(bean(file, e, running));
                case MethodNotFoundException e -> Optional.of(method(file, e));
                default -> Optional.empty();
            };
            if (known.isPresent()) {
                return known.get();
            }
        }
        return other(file, thrown);
    }

    private static Optional<Problem> endpoint(RouteFile file, ResolveEndpointFailedException e, CamelContext running) {
        String message = String.valueOf(e.getMessage());
        if (message.contains("No component found with scheme")) {
            return Optional.of(component(file, e.getUri(), running));
        }
        String scheme = scheme(e.getUri());
        Matcher option = UNKNOWN_OPTION.matcher(message);
        if (option.find()) {
            String name = option.group(1).strip();
            return Optional.of(at(
                    file,
                    text -> text.contains(name + "="),
                    "Unknown option '" + name + "' of '" + scheme + "': take it out or correct its name.",
                    file.key(name)));
        }
        Throwable root = causes(e).getLast();
        String reason = root == e && message.contains(" due to: ")
                ? message.substring(message.lastIndexOf(" due to: ") + 9)
                : String.valueOf(root.getMessage());
        return Optional.of(at(
                file,
                text -> scheme(text).equals(scheme),
                "The endpoint '" + scheme + ":…' cannot be made: " + tidy(reason) + "."));
    }

    private static Problem component(RouteFile file, String uri, CamelContext running) {
        String scheme = scheme(uri);
        return at(
                file,
                text -> scheme(text).equals(scheme),
                "Unknown component '" + scheme + "'."
                        + Spelling.nearest(scheme, components(running))
                                .map(near -> " Did you mean '" + near + "'?")
                                .orElse(" No such component is part of the gateway."));
    }

    /** Camel knows by name only what is in use already. */
    private static Set<String> components(CamelContext running) {
        Set<String> names = new TreeSet<>(running.getComponentNames());
        names.addAll(List.of("bean", "channel", "direct", "http", "https", "log", "platform-http", "quartz"));
        names.addAll(List.of("spring-redis", "timer"));
        return names;
    }

    private static Problem expression(RouteFile file, Throwable cause, String message) {
        String expression =
                cause instanceof ExpressionIllegalSyntaxException e ? String.valueOf(e.getExpression()) : "";
        String first = tidy(message.lines().findFirst().orElse("it cannot be read"));
        Predicate<String> place = text -> !expression.isBlank()
                ? text.contains(expression.strip())
                : message.contains(text) && text.contains("${");
        return at(file, place, "The expression is not right: " + first + ".");
    }

    private static Problem bean(RouteFile file, NoSuchBeanException e, CamelContext running) {
        String name = String.valueOf(e.getName());
        return at(
                file,
                text -> text.equals(name) || text.equals("#" + name) || text.contains(":" + name),
                "There is no bean '" + name + "' in the gateway.");
    }

    private static Problem method(RouteFile file, MethodNotFoundException e) {
        Set<String> known = new TreeSet<>();
        for (Method method : e.getBean().getClass().getDeclaredMethods()) {
            if (Modifier.isPublic(method.getModifiers()) && !method.isSynthetic()) {
                known.add(method.getName());
            }
        }
        return at(
                file,
                e.getMethodName()::equals,
                "The bean has no method '" + e.getMethodName() + "'." + Spelling.hint(e.getMethodName(), known));
    }

    private static Problem other(RouteFile file, Throwable thrown) {
        List<Throwable> causes = causes(thrown);
        String reason = String.valueOf(causes.getLast().getMessage());
        for (Throwable cause : causes.reversed()) {
            Matcher line = LINE.matcher(String.valueOf(cause.getMessage()));
            if (line.find()) {
                int column = line.group(2) == null ? 0 : Integer.parseInt(line.group(2));
                return new Problem(file.path(), Integer.parseInt(line.group(1)), column, sentence(reason));
            }
        }
        return file.problem(sentence(reason));
    }

    private static String sentence(String reason) {
        if (reason.contains("expected array")) {
            return "Write a list here: begin each entry with '- '.";
        }
        return "Camel cannot make this: " + tidy(reason.lines().findFirst().orElse("")) + ".";
    }

    private static Problem at(RouteFile file, Predicate<String> place, String sentence) {
        return at(file, place, sentence, Optional.empty());
    }

    private static Problem at(RouteFile file, Predicate<String> place, String sentence, Optional<Place> better) {
        return better.map(found -> found.problem(sentence))
                .or(() -> file.find(place).map((Scalar found) -> found.problem(sentence)))
                .orElseGet(() -> file.problem(sentence));
    }

    private static String scheme(String uri) {
        int end = uri.indexOf(':');
        return end < 0 ? uri : uri.substring(0, end);
    }

    private static String tidy(String message) {
        return ADDRESS.matcher(message.strip())
                .replaceAll("$1://…")
                .replaceAll("\\s+", " ")
                .replaceAll("[.]+$", "");
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable each = thrown; each != null && !causes.contains(each); each = each.getCause()) {
            causes.add(each);
        }
        return causes;
    }
}

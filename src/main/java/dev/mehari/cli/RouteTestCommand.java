package dev.mehari.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mehari.cli.RouteCases.RouteCase;
import dev.mehari.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "test",
        description = {
            "Asks the running gateway where messages would go; exit 1 when it is not exactly where they should.",
            "Nothing is sent. Without options the cases of config/route-tests.yaml are tried.",
            "With --since, past traffic goes through the route files of a folder instead: it says what would go",
            "elsewhere than by the routes in use, exit 1 when anything would."
        },
        footer = {
            "",
            "  mehari routes test --type trade.opened --data symbol=BTC --expect trades,admin",
            "  mehari routes test --file cases.yaml",
            "  mehari routes test --since 6h --routes candidate/routes",
            "",
            "A file is a list: - { name: Big ones, type: trade.opened, data: { size: 9 }, expect: [trades, admin] }",
            "A case may also hold title, text, priority, recipient and source."
        })
final class RouteTestCommand extends CliCommand {
    @Option(names = "--type", description = "The message's type.")
    private @Nullable String type;

    @Mixin
    private MessageParts parts = new MessageParts();

    @Option(names = "--text", description = "Its text.")
    private @Nullable String text;

    @Option(names = "--source", description = "The door it came through: http, redis, github, ...")
    private @Nullable String source;

    @Option(
            names = {"-e", "--expect"},
            split = ",",
            paramLabel = "CHANNEL",
            description = "Exactly these channels, in any order; '' for none.")
    private @Nullable List<String> expect;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Cases, as YAML.")
    private @Nullable String file;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Past traffic from here on: 6h, 2d, or 2026-11-20T18:00:00Z.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "Past traffic up to here; default: now.")
    private @Nullable String until;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "The folder of route files to try; default: routes/ here.")
    private @Nullable String routes;

    @Option(
            names = "--channels",
            paramLabel = "FILE",
            description = "A channels.yaml that goes with them; default: the channels in use.")
    private @Nullable String channels;

    @Override
    public Integer call() throws IOException {
        if (since != null) {
            if (isGivenHere() || file != null) {
                throw Failure.usage("--since tries past traffic: leave the options of a single message out.");
            }
            return new PastTraffic(this).compare(since, until, routes, channels);
        }
        if (until != null || routes != null || channels != null) {
            throw Failure.usage("--until, --routes and --channels go with --since: mehari routes test --since 6h.");
        }
        boolean one = isGivenHere();
        var judge = new RouteJudge(gateway());
        List<RouteJudge.Verdict> verdicts =
                (one ? List.of(given()) : cases()).stream().map(judge::of).toList();
        long good = verdicts.stream().filter(RouteJudge.Verdict::good).count();
        if (json()) {
            screen().json(json(verdicts, good));
        } else {
            verdicts.forEach(this::print);
            if (!one) {
                screen().line(summary(verdicts.size(), good));
            }
        }
        return good == verdicts.size() ? Exit.OK : Exit.REFUSED;
    }

    private boolean isGivenHere() {
        boolean given = type != null || expect != null || text != null || source != null || parts.given();
        if (given && file != null) {
            throw Failure.usage("--file holds the cases whole: leave the other options out.");
        }
        return given;
    }

    private RouteCase given() {
        if (type == null || expect == null) {
            throw Failure.usage("Name both: mehari routes test --type trade.opened --expect trades. '' expects none.");
        }
        ObjectNode body = Json.object();
        MessageParts.put(body, "type", type);
        MessageParts.put(body, "text", text);
        parts.put(body);
        var channels = expect.stream()
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return new RouteCase(type, body, source == null ? RouteCases.SOURCE : source, channels);
    }

    private List<RouteCase> cases() throws IOException {
        Path path = file == null ? ConfigCheck.routeTestsFile(around()) : around().path(file);
        if (file == null && !Files.isRegularFile(path)) {
            throw Failure.usage(
                    "There is no config/route-tests.yaml here: name a --file of cases, or --type and --expect.");
        }
        var read = RouteCases.read(file == null ? "config/" + ConfigCheck.ROUTE_TESTS : file, Files.readString(path));
        if (!read.problems().isEmpty()) {
            throw Failure.refused(
                    read.problems().stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return read.cases();
    }

    private void print(RouteJudge.Verdict verdict) {
        String line = Screen.clean(verdict.sentence());
        screen().line(verdict.good() ? screen().green("ok") + "       " + line : screen().red("differs") + "  " + line);
        verdict.reasons().forEach(reason -> screen().line("         " + screen().dim(Screen.clean(reason))));
    }

    private static String summary(int number, long good) {
        String cases = number + (number == 1 ? " case, " : " cases, ");
        long bad = number - good;
        return cases + (bad == 0 ? "all as expected." : bad + (bad == 1 ? " differs." : " differ."));
    }

    private static ObjectNode json(List<RouteJudge.Verdict> verdicts, long good) {
        ObjectNode json = Json.object()
                .put("ok", good == verdicts.size())
                .put("cases", verdicts.size())
                .put("different", verdicts.size() - good);
        var results = json.putArray("results");
        verdicts.forEach(verdict -> results.add(verdict.json()));
        return json;
    }
}

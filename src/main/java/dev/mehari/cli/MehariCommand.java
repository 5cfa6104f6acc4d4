package dev.mehari.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** {@code mehari}: the gateway from the command line. */
@Command(
        name = "mehari",
        mixinStandardHelpOptions = true,
        version = "mehari 0.1.0",
        description = "Sends notifications, says where they are and why, and keeps the gateway in order.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        optionListHeading = "%nOptions, also after any command:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused by the gateway, or a check found a mistake or a difference",
            "2:the command line was not understood",
            "3:the gateway was not reached"
        },
        footer = {
            "",
            "The API key is MEHARI_API_KEY, or stands in data/api-key (MEHARI_DATA_DIR).",
            "NO_COLOR turns colours off."
        },
        subcommands = {
            SendCommand.class,
            ExplainCommand.class,
            ChannelsCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            DeadLettersCommand.class,
            SearchCommand.class,
            ShowCommand.class,
            TraceCommand.class,
            LogsCommand.class,
            StatsCommand.class,
            ReportCommand.class,
            TopCommand.class,
            LogLevelCommand.class,
            KeyCommand.class,
            RoutesCommand.class,
            ConfigCommand.class,
            CompletionCommand.class
        })
public final class MehariCommand {
    private final Surroundings around;

    @Option(
            names = "--url",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The gateway's address. Default: $MEHARI_URL, else http://127.0.0.1:8080.")
    private @Nullable String url;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Write JSON instead of text.")
    private boolean json;

    MehariCommand(Surroundings around) {
        this.around = around;
    }

    /** Runs one command line and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Surroundings.ofThisProcess(), arguments));
    }

    /** Runs one command line; never throws. */
    static int run(Surroundings around, String... arguments) {
        var mehari = new MehariCommand(around);
        int exit = mehari.commandLine().execute(arguments);
        mehari.screen().flush();
        return exit;
    }

    CommandLine commandLine() {
        var line = new CommandLine(this);
        helpAfterEach(line);
        line.setColorScheme(new ColorScheme.Builder(coloured() ? Ansi.ON : Ansi.OFF).build());
        line.setOut(new java.io.PrintWriter(around.out(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setErr(new java.io.PrintWriter(around.err(), true, java.nio.charset.StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(false).setUsageHelpWidth(110);
        line.setParameterExceptionHandler((problem, all) -> misused(problem));
        line.setExecutionExceptionHandler((problem, command, all) -> failed(problem));
        return line;
    }

    /** {@code mehari send --help} as well as {@code mehari --help}: picocli gives it to the first command alone. */
    private static void helpAfterEach(CommandLine line) {
        for (CommandLine command : line.getSubcommands().values()) {
            command.getCommandSpec().mixinStandardHelpOptions(true);
            helpAfterEach(command);
        }
    }

    private int misused(ParameterException problem) {
        var command = problem.getCommandLine();
        screen().error(sentence(problem));
        CommandLine.UnmatchedArgumentException.printSuggestions(problem, command.getErr());
        screen().error("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return Exit.USAGE;
    }

    private int failed(Exception problem) {
        var failure = problem instanceof Failure known ? known : Failure.refused(sentence(problem));
        if (json) {
            screen().json(failure.problem());
        }
        screen().error(failure.sentence());
        return failure.exit();
    }

    private static String sentence(Exception problem) {
        return problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
    }

    Surroundings around() {
        return around;
    }

    boolean json() {
        return json;
    }

    Screen screen() {
        return new Screen(around.out(), around.err(), coloured());
    }

    private boolean coloured() {
        return around.shown()
                && around.variable("NO_COLOR", "").isEmpty()
                && !around.variable("TERM", "dumb").equals("dumb");
    }

    Gateway gateway() {
        String given = url != null
                ? url
                : around.variable("MEHARI_URL", "http://127.0.0.1:" + around.variable("MEHARI_PORT", "8080"));
        String address = given.replaceAll("/+$", "");
        if (!isHttp(address)) {
            throw Failure.usage("'" + given + "' is no address; write it like http://127.0.0.1:8080.");
        }
        return new Gateway(address, ApiKey.of(around));
    }

    private static boolean isHttp(String address) {
        try {
            URI uri = new URI(address);
            return uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}

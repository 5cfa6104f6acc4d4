package dev.mehari.cli;

import dev.mehari.channel.Channel;
import dev.mehari.channel.ChannelsFile;
import dev.mehari.cli.logs.LogFolders;
import dev.mehari.content.ContentFiles;
import dev.mehari.delivery.provider.KnownProviders;
import dev.mehari.problem.Problem;
import dev.mehari.problem.ProblemException;
import dev.mehari.problem.YamlFile;
import dev.mehari.problem.YamlNode.Mapping;
import dev.mehari.reload.RoutesOffline;
import dev.mehari.routing.Variables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.PropertyPlaceholderHelper;

/** The operators' files, checked by the code that the gateway itself loads them with, as far as that needs no gateway. */
final class ConfigCheck {
    private static final String CHANNELS = "channels.yaml";
    private static final String LOGS = "logs.yaml";
    static final String ROUTE_TESTS = "route-tests.yaml";
    private static final Pattern CHANNEL = Pattern.compile("\\bchannel:([a-z0-9-]+)");

    private final Surroundings around;
    private final Path config;
    private final Path routes;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private int files;

    ConfigCheck(Surroundings around) {
        this.around = around;
        this.config = folder(around, "MEHARI_CONFIG_DIR", "config");
        this.routes = folder(around, "MEHARI_ROUTES_DIR", "routes");
    }

    /**
     * What was found.
     *
     * @param files how many were read
     */
    record Findings(int files, List<Problem> problems, List<Problem> warnings) {}

    private static Path folder(Surroundings around, String variable, String name) {
        Path here = around.path(around.variable(variable, name));
        Path beside = around.home().resolve(name);
        Path chosen = Files.isDirectory(here) || !Files.isDirectory(beside) ? here : beside;
        try {
            return chosen.toRealPath();
        } catch (IOException missing) {
            return chosen;
        }
    }

    Findings all() {
        Set<String> channels = channels();
        content();
        routes(channels);
        logs();
        routeTests();
        return findings();
    }

    Findings routes() {
        Set<String> channels = channels();
        problems.clear();
        files = 0;
        routes(channels);
        return findings();
    }

    private Findings findings() {
        return new Findings(
                files,
                problems.stream().distinct().sorted().toList(),
                warnings.stream().distinct().sorted().toList());
    }

    /** The names that routes may use: also of channels that have mistakes in them. */
    private Set<String> channels() {
        Optional<String> text = read(config.resolve(CHANNELS), "config/" + CHANNELS);
        if (text.isEmpty()) {
            return Set.of();
        }
        var reader = new ChannelsFile(KnownProviders.rules(around.clock()), this::replace, defaultChannel());
        ChannelsFile.Result result = reader.read("config/" + CHANNELS, text.get());
        problems.addAll(result.problems());
        return Map.<String, Channel>copyOf(result.channels()).keySet();
    }

    private void content() {
        try {
            Map<Path, String> texts = new TreeMap<>();
            ContentFiles.read(config).forEach((path, text) -> texts.put(renamed(path), text));
            files += texts.size();
            warnings.addAll(ContentFiles.load(texts).warnings());
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        } catch (UncheckedIOException e) {
            problems.add(Problem.of("config", "The folder cannot be read: " + e.getMessage() + "."));
        }
    }

    private void logs() {
        Path file = config.resolve(LOGS);
        if (Files.isRegularFile(file)) {
            files++;
            problems.addAll(logs(around, file).problems());
        }
    }

    private void routeTests() {
        Path file = config.resolve(ROUTE_TESTS);
        if (Files.isRegularFile(file)) {
            String name = "config/" + ROUTE_TESTS;
            read(file, name)
                    .ifPresent(
                            text -> problems.addAll(RouteCases.read(name, text).problems()));
        }
    }

    static Path routeTestsFile(Surroundings around) {
        return folder(around, "MEHARI_CONFIG_DIR", "config").resolve(ROUTE_TESTS);
    }

    static Path logsFile(Surroundings around) {
        return folder(around, "MEHARI_CONFIG_DIR", "config").resolve(LOGS);
    }

    /** Folders in the file begin where the configuration lies. */
    static LogFolders logs(Surroundings around, Path file) {
        Path base = file.toAbsolutePath().resolveSibling("..").normalize();
        try {
            return LogFolders.read("config/" + LOGS, Files.readString(file), base, text -> replace(around, text));
        } catch (IOException e) {
            throw Failure.refused(file + " cannot be read: " + e.getMessage() + ".");
        }
    }

    /** The folder is called config in every message, wherever it lies. */
    private static Path renamed(Path path) {
        return Path.of("config").resolve(path.subpath(1, path.getNameCount()));
    }

    /** The folder of route files here. */
    static Path routesFolder(Surroundings around) {
        return folder(around, "MEHARI_ROUTES_DIR", "routes");
    }

    /** The route files of a folder, by the names that messages call them: routes/routing.yaml, wherever it lies. */
    static Map<String, Path> routeFiles(Path folder) {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                String name = "routes/" + folder.relativize(file).toString().replace('\\', '/');
                if (name.matches(".*\\.ya?ml")) {
                    files.put(name, file);
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void routes(Set<String> channels) {
        Map<String, String> texts = new TreeMap<>();
        if (!Files.isDirectory(routes)) {
            problems.add(Problem.of(
                    "routes", "There is no such folder: name it in MEHARI_ROUTES_DIR, or run this beside it."));
            return;
        }
        routeFiles(routes).forEach((name, file) -> read(file, name).ifPresent(text -> texts.put(name, text)));
        var checked = RoutesOffline.check(
                texts,
                JavaRoutes.IDS,
                JavaRoutes.ENDPOINTS,
                Variables.vocabulary(() -> channels.isEmpty() ? mentioned(texts) : channels));
        problems.addAll(checked.problems());
        warnings.addAll(checked.warnings());
    }

    /** Where no channel could be read, that one mistake says enough: the routes' channels are believed. */
    private static Set<String> mentioned(Map<String, String> texts) {
        return texts.values().stream()
                .flatMap(text -> CHANNEL.matcher(text).results())
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    private Optional<String> read(Path file, String name) {
        try {
            files++;
            return Optional.of(Files.readString(file));
        } catch (java.nio.file.NoSuchFileException e) {
            problems.add(Problem.of(name, "The file is missing in " + file.getParent() + "."));
        } catch (java.nio.charset.CharacterCodingException e) {
            problems.add(Problem.of(name, "The file is not UTF-8 text: save it as UTF-8."));
        } catch (IOException e) {
            problems.add(Problem.of(name, "The file cannot be read: " + e.getMessage() + "."));
        }
        return Optional.empty();
    }

    private String replace(String text) {
        return replace(around, text);
    }

    private static String replace(Surroundings around, String text) {
        return new PropertyPlaceholderHelper("${", "}", ":", '\\', false)
                .replacePlaceholders(text, around.environment()::get);
    }

    /** {@code mehari.routing.default-channel}, as the configuration or its shipped default has it. */
    private String defaultChannel() {
        Path file = config.resolve("application.yaml");
        if (Files.isRegularFile(file)) {
            Optional<String> configured = read(file, "config/application.yaml")
                    .flatMap(text -> YamlFile.parse("config/application.yaml", text) instanceof YamlFile.Parsed parsed
                            ? parsed.mapping(problems)
                            : Optional.empty())
                    .flatMap(root -> root.mapping("mehari", problems))
                    .flatMap(mehari -> mehari.mapping("routing", problems))
                    .flatMap((Mapping routing) -> routing.text("default-channel", problems));
            if (configured.isPresent()) {
                return replace(configured.get());
            }
        }
        return around.variable("MEHARI_DEFAULT_CHANNEL", "admin");
    }
}

package dev.mehari.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
    private static final Path PROGRAMS = Path.of(System.getProperty("mehari.postgres.programs", "target/postgres"));

    @TempDir
    Path folder;

    private final Deque<EmbeddedPostgres> started = new ArrayDeque<>();

    @AfterEach
    void stop() {
        started.forEach(EmbeddedPostgres::close);
    }

    @Test
    void orderlyStop_keepsWhatWasWritten_andAStrangerHasNoAccess() throws SQLException {
        EmbeddedPostgres first = start();
        write(first);
        assertThatThrownBy(() -> DriverManager.getConnection(first.url(), first.user(), "guessed"))
                .hasMessageContaining("password");
        first.close();
        assertThatThrownBy(() -> read(first)).isInstanceOf(SQLException.class);

        EmbeddedPostgres second = start();
        assertThat(second.adopted()).isFalse();
        assertThat(read(second)).isEqualTo("kept");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whereProcessorTimeIsShort_theGatewayGoesFirst() throws Exception {
        start();
        Path postgres = Path.of("/proc", Long.toString(process().pid()));
        await().untilAsserted(() -> {
            String state = Files.readString(postgres.resolve("stat"));
            String[] afterName = state.substring(state.lastIndexOf(')') + 2).split(" ");
            assertThat(afterName[16]).as("niceness").isEqualTo(PostgresPriority.NICENESS);
        });
    }

    @Test
    void leftBehind_isTakenOverWithItsData() throws SQLException {
        EmbeddedPostgres killedGateways = start();
        write(killedGateways);

        EmbeddedPostgres next = start();
        assertThat(next.adopted()).isTrue();
        assertThat(next.url()).isEqualTo(killedGateways.url());
        assertThat(read(next)).isEqualTo("kept");
    }

    @Test
    void killedPostgres_isStartedAnew() throws Exception {
        EmbeddedPostgres killed = start();
        write(killed);
        ProcessHandle process = process();
        process.destroyForcibly();
        await().until(() -> !process.isAlive());

        EmbeddedPostgres next = start();
        assertThat(next.adopted()).isFalse();
        assertThat(read(next)).isEqualTo("kept");
    }

    @Test
    void killedUnderARunningGateway_isStartedAgainAtTheSameAddress() throws Exception {
        EmbeddedPostgres postgres = start();
        write(postgres);
        PostgresWatch.over(postgres);
        process().destroyForcibly();

        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(() -> read(postgres).equals("kept"));
    }

    @Test
    void pidFile_whoseNumberIsAnotherProgramsNow_isNoHindrance() throws Exception {
        EmbeddedPostgres first = start();
        write(first);
        Path pidFile = folder.resolve("data/postmaster.pid");
        String left = Files.readString(pidFile);
        first.close();
        String another = Long.toString(ProcessHandle.current().pid());
        Files.writeString(pidFile, left.replaceFirst("\\d+", another));

        assertThat(read(start())).isEqualTo("kept");
    }

    @Test
    void brokenData_isRefusedWithItsReason() throws IOException {
        start().close();
        Files.writeString(folder.resolve("data/postgresql.conf"), "\nno_such_key = 1\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::start)
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("configuration file")
                .hasMessageContaining("set DATABASE_URL");
    }

    @Test
    void draftOfAKilledStart_isNoHindrance_andGoes() throws IOException {
        Path draft = Files.createDirectory(folder.resolve("data.new"));
        Files.writeString(draft.resolve("PG_VERSION"), "18");
        start();
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.startsWith("data.new"));
        }
    }

    private EmbeddedPostgres start() {
        EmbeddedPostgres postgres = EmbeddedPostgres.begin(new PostgresSettings(folder, PROGRAMS, 0));
        started.push(postgres);
        postgres.awaitReady();
        return postgres;
    }

    private static void write(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres)) {
            connection.createStatement().execute("CREATE TABLE t AS SELECT 'kept' AS word");
        }
    }

    private static String read(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = connect(postgres);
                ResultSet rows = connection.createStatement().executeQuery("SELECT word FROM t")) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
    }

    private ProcessHandle process() throws IOException {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
}

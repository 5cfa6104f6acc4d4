package dev.mehari.history;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The history's PostgreSQL. It is no {@code DataSource} bean on purpose: nothing of the start may wait for it. Thread-safe.
 */
final class Database implements AutoCloseable {
    private static final Set<String> AWAY = Set.of("08", "40", "53", "57", "58");
    private static final Duration QUESTION = Duration.ofSeconds(5);
    private static final Duration LONG_QUESTION = Duration.ofSeconds(30);

    /** The last file of db/migration; a test compares. */
    static final String NEWEST_TABLES = "3";

    private static final String LAST_STEP =
            "SELECT version FROM mehari_schema_history WHERE success ORDER BY installed_rank DESC LIMIT 1";

    /** Where it is, and as whom; the password is in no text of ours. */
    record Address(
            String url, @Nullable String user, @Nullable String password) {}

    private final @Nullable HikariDataSource pool;
    private final @Nullable JdbcTemplate questions;
    private final @Nullable JdbcTemplate longQuestions;
    private final @Nullable TransactionTemplate steps;
    private volatile boolean migrated;

    /** @param address null: the history is switched off */
    Database(@Nullable Address address) {
        pool = address == null ? null : new HikariDataSource(configuration(address));
        questions = within(QUESTION, pool);
        longQuestions = within(LONG_QUESTION, pool);
        steps = pool == null ? null : new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    private static @Nullable JdbcTemplate within(Duration time, @Nullable HikariDataSource pool) {
        if (pool == null) {
            return null;
        }
        var template = new JdbcTemplate(pool);
        template.setQueryTimeout((int) time.toSeconds());
        return template;
    }

    private static HikariConfig configuration(Address address) {
        var configuration = new HikariConfig();
        configuration.setPoolName("history");
        // Data lies on solid state or in memory: an index is not four times as dear as reading on.
        configuration.setConnectionInitSql("SET random_page_cost = 1.1");
        configuration.setJdbcUrl(address.url());
        configuration.setUsername(address.user());
        configuration.setPassword(address.password());
        configuration.setInitializationFailTimeout(-1);
        configuration.setConnectionTimeout(3_000);
        configuration.setValidationTimeout(2_000);
        configuration.setMinimumIdle(0);
        configuration.setIdleTimeout(60_000);
        configuration.setMaximumPoolSize(5);
        configuration.addDataSourceProperty("reWriteBatchedInserts", "true");
        configuration.addDataSourceProperty("connectTimeout", "3");
        configuration.addDataSourceProperty("tcpKeepAlive", "true");
        configuration.addDataSourceProperty("ApplicationName", "mehari");
        return configuration;
    }

    boolean enabled() {
        return pool != null;
    }

    /** Whether the tables are known to stand. */
    boolean ready() {
        return migrated;
    }

    /** Makes the tables, or brings them up to date. Waits for PostgreSQL a few seconds, then throws. */
    void migrate() {
        if (!isUpToDate()) {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .table("mehari_schema_history")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        }
        migrated = true;
    }

    /** Whether the last step is the newest there is: then a start spares Flyway and its four hundred classes. */
    private boolean isUpToDate() {
        var jdbc = questions;
        try {
            return jdbc != null && NEWEST_TABLES.equals(jdbc.queryForObject(LAST_STEP, String.class));
        } catch (BadSqlGrammarException | EmptyResultDataAccessException noTablesYet) {
            return false;
        }
    }

    /**
     * Asks a question, which has five seconds.
     *
     * @throws HistoryAway it cannot be asked now
     */
    <T> T ask(Function<JdbcTemplate, T> question) {
        return ask(questions, question);
    }

    /** As above, with half a minute. */
    <T> T askAtLength(Function<JdbcTemplate, T> question) {
        return ask(longQuestions, question);
    }

    private <T> T ask(@Nullable JdbcTemplate jdbc, Function<JdbcTemplate, T> question) {
        if (jdbc == null) {
            throw HistoryAway.off();
        }
        if (!migrated) {
            throw HistoryAway.notYet();
        }
        try {
            return question.apply(jdbc);
        } catch (QueryTimeoutException tooSlow) {
            throw tooSlow;
        } catch (DataAccessException e) {
            throw away(e) ? HistoryAway.away(e) : e;
        }
    }

    /** Does one step, all of it or nothing, for as long as it takes. */
    void step(Consumer<JdbcTemplate> step) {
        var transactions = steps;
        var dataSource = pool;
        if (transactions == null || dataSource == null) {
            throw HistoryAway.off();
        }
        transactions.executeWithoutResult(status -> step.accept(new JdbcTemplate(dataSource)));
    }

    /**
     * Whether PostgreSQL is the reason, and not what was to be written: by the class of the SQLSTATE, as its manual lists
     * them (08 connection, 40 rollback, 53 resources, 57 operator, 58 system), or no answer at all.
     */
    static boolean away(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException || cause instanceof SQLRecoverableException) {
                return true;
            }
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return AWAY.contains(sql.getSQLState().substring(0, 2));
            }
        }
        return problem instanceof CannotCreateTransactionException
                || problem instanceof DataAccessResourceFailureException;
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }
}

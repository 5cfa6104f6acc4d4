package dev.mehari.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    @ParameterizedTest(name = "{0} at {2}: due {3}, {4}")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 0 18 * * ?  | Europe/Paris     | 2026-11-20T17:00:00Z     | 2026-11-20T17:00:00Z | to the second",
                "0 0 18 * * ?  | Europe/Paris     | 2026-11-20T16:59:59.999Z | 2026-11-19T17:00:00Z | not before",
                "0 0 18 * * ?  | Europe/Paris     | 2026-07-20T16:30:00Z     | 2026-07-20T16:00:00Z | summer time",
                "0 0 18 * * ?  | Asia/Kathmandu   | 2026-11-20T13:00:00Z     | 2026-11-20T12:15:00Z | quarter hours",
                "0 0 18 * * ?  | Europe/Paris     | 2026-10-25T16:30:00Z     | 2026-10-24T16:00:00Z | the day of 25 hours",
                "0 0 18 * * ?  | Europe/Paris     | 2026-10-25T17:00:00Z     | 2026-10-25T17:00:00Z | the day of 25 hours",
                "0 0 18 * * ?  | Europe/Paris     | 2027-03-28T15:59:59Z     | 2027-03-27T17:00:00Z | the day of 23 hours",
                "0 0 18 * * ?  | Europe/Paris     | 2027-03-28T16:00:00Z     | 2027-03-28T16:00:00Z | the day of 23 hours",
                "0 0 6 ? * MON | Europe/Paris     | 2026-10-26T05:00:00Z     | 2026-10-26T05:00:00Z | after the change",
                "0 0 6 ? * MON | Europe/Paris     | 2026-10-26T04:59:59Z     | 2026-10-19T04:00:00Z | before it",
                "0 0 6 1 1 ?   | UTC              | 2026-12-31T23:59:59Z     | 2026-01-01T06:00:00Z | once a year",
                "0 0 0 29 2 ?  | UTC              | 2027-12-31T00:00:00Z     | 2024-02-29T00:00:00Z | in leap years",
                "* * * * * ?   | UTC              | 2026-11-20T12:00:00.500Z | 2026-11-20T12:00:00Z | each second",
            })
    void latest_isTheLastTimeItWasDue(String cron, String zone, Instant now, Instant due, String why) {
        assertThat(new Schedule(cron, ZoneId.of(zone)).latest(now)).as(why).contains(due);
    }

    @ParameterizedTest
    @CsvSource({"2026-10-24T22:00:00Z, 1", "2027-03-27T23:00:00Z, 0"})
    void timeInTheChangedHour_isNeverDueTwiceAndPassedOverWithQuartz(Instant midnight, int times) {
        var schedule = new Schedule("0 30 2 * * ?", ZoneId.of("Europe/Paris"));

        var due = Stream.iterate(midnight, at -> at.plusSeconds(60))
                .limit(6 * 60)
                .map(at -> schedule.latest(at).orElseThrow())
                .filter(at -> at.isAfter(midnight))
                .distinct();

        assertThat(due).hasSize(times);
    }

    @Test
    void scheduleThatNeverComes_isNeverDue() {
        assertThat(new Schedule("0 0 0 1 1 ? 2099", ZoneId.of("UTC")).latest(Instant.parse("2026-11-20T12:00:00Z")))
                .isEmpty();
    }

    @Test
    void wrongCron_saysSo() {
        assertThatThrownBy(() -> new Schedule("at six", ZoneId.of("UTC")).latest(Instant.EPOCH))
                .hasMessageContaining("'at six' is no cron expression");
    }
}

package org.billingtakeover.takeover.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.account.SampleAccounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

@BackOfficeTest
@DisplayName("Before a billing date")
class AnalyzeBeforeBillingDateTest {

    private static final int UNKNOWN = -1;
    private static final Instant DUE = Instant.parse("2031-03-15T04:00:00Z");

    @Autowired
    Door door;

    @Autowired
    JdbcClient jdbc;

    private String key;

    @BeforeEach
    void givenACase() {
        key = door.opened(door.saved(SampleAccounts.split(door.saved(SampleAccounts.firm("F-1")), "10000001")));
    }

    @Test
    @Transactional
    @DisplayName("the database looks at its tables anew where many changes fall due within the hour")
    void many() {
        forgetWhatIsKnown();
        isDueAt(DUE);

        lookAt(DUE.minus(Duration.ofHours(2)), 1);
        lookAt(DUE, 1);
        lookAt(DUE.minus(Duration.ofMinutes(30)), 2);
        assertThat(knownCases()).as("not yet, no more, or too few").isEqualTo(UNKNOWN);

        lookAt(DUE.minus(Duration.ofMinutes(30)), 1);
        assertThat(knownCases())
                .isEqualTo(jdbc.sql("select count(*) from takeover")
                        .query(Integer.class)
                        .single());
    }

    private void forgetWhatIsKnown() {
        jdbc.sql("select pg_stat_reset_single_table_counters('takeover'::regclass)")
                .query(row -> {});
        jdbc.sql("update pg_class set reltuples = ? where oid = 'takeover'::regclass")
                .param(UNKNOWN)
                .update();
    }

    private void isDueAt(Instant due) {
        jdbc.sql("set local session_replication_role = replica").update();
        jdbc.sql("update takeover set stage = 'SCHEDULED', due = ?, cut_off = ? where key = ?")
                .params(Timestamp.from(due), Timestamp.from(due.plus(Duration.ofHours(2))), key)
                .update();
    }

    private void lookAt(Instant now, int many) {
        new AnalyzeBeforeBillingDate(jdbc, Clock.fixed(now, ZoneOffset.UTC), many).analyze();
    }

    /** As the database last counted them. */
    private int knownCases() {
        return jdbc.sql("select reltuples from pg_class where oid = 'takeover'::regclass")
                .query(Integer.class)
                .single();
    }
}

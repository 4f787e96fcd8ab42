package org.billingtakeover.takeover.process;

import java.sql.Timestamp;
import java.time.Clock;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MoreUrgent;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The changes of payers that are due. One that has failed waits for another time, and is not due until then. By statements of ours, since
 * the engine's own question sorts everything that is due before it answers with the first, and takes longer to be put together than to be
 * answered.
 */
@Component
class DueChanges implements MoreUrgent {

    private static final String RUNNABLE_CHANGE = """
            (process_def_key_ = :change or process_def_key_ = :takeover and handler_cfg_ = :date)
            and retries_ > 0 and suspension_state_ = 1
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    DueChanges(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the process of a case waits for its payer to change, and not for its billing date any more. */
    boolean isWaitedFor(TakeoverKey key) {
        return jdbc.sql("""
                        select exists (
                            select from act_ru_execution e join act_ru_job j on j.process_instance_id_ = e.id_
                            where e.business_key_ = ? and j.process_def_key_ = ?)
                        """)
                .params(key.text(), BillingTakeoverProcess.CHANGE_PAYER)
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean isDue() {
        // By the index, and in its order: nearly all who wait are not due yet.
        return jdbc.sql("""
                        select exists (
                            (select from act_ru_job where duedate_ <= :now and %1$s order by duedate_ limit 1)
                            union all
                            (select from act_ru_job where duedate_ is null and %1$s limit 1))
                        """.formatted(RUNNABLE_CHANGE))
                .param("now", Timestamp.from(clock.instant()))
                .param("change", BillingTakeoverProcess.CHANGE_PAYER)
                .param("takeover", BillingTakeoverProcess.BILLING_TAKEOVER)
                .param("date", BillingTakeoverProcess.BILLING_DATE)
                .query(Boolean.class)
                .single();
    }
}

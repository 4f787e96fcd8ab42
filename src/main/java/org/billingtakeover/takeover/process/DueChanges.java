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
        return jdbc.sql("""
                        select exists (
                            select from act_ru_job
                            where (process_def_key_ = ? or process_def_key_ = ? and handler_cfg_ = ?)
                              and retries_ > 0 and suspension_state_ = 1
                              and (duedate_ is null or duedate_ <= ?))
                        """)
                .params(
                        BillingTakeoverProcess.CHANGE_PAYER,
                        BillingTakeoverProcess.BILLING_TAKEOVER,
                        BillingTakeoverProcess.BILLING_DATE,
                        Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single();
    }
}

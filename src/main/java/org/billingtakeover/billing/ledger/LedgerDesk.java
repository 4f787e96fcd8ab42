package org.billingtakeover.billing.ledger;

import java.time.Duration;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.kernel.FirmId;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** In the database, so that it holds over a restart and on every node. */
@Repository
@Profile("demo")
class LedgerDesk implements PlatformDesk {

    private final JdbcClient jdbc;

    LedgerDesk(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public void refuse(FirmId firm, Rejection reason) {
        jdbc.sql("""
                        insert into ledger_refusal (firm_id, reason) values (?, ?)
                        on conflict (firm_id) do update set reason = excluded.reason
                        """).params(firm.text(), reason.name()).update();
    }

    @Override
    @Transactional
    public void refuseNoMore(FirmId firm) {
        jdbc.sql("delete from ledger_refusal where firm_id = ?")
                .param(firm.text())
                .update();
    }

    @Override
    public Optional<Rejection> refusal(FirmId firm) {
        return jdbc.sql("select reason from ledger_refusal where firm_id = ?")
                .param(firm.text())
                .query((row, number) -> Rejection.valueOf(row.getString("reason")))
                .optional();
    }

    @Override
    @Transactional
    public void billsWrongly(FirmId firm, Mistake mistake) {
        jdbc.sql("""
                        insert into ledger_mistake (firm_id, mistake) values (?, ?)
                        on conflict (firm_id) do update set mistake = excluded.mistake
                        """).params(firm.text(), mistake.name()).update();
    }

    @Override
    @Transactional
    public void billsRightly(FirmId firm) {
        jdbc.sql("delete from ledger_mistake where firm_id = ?")
                .param(firm.text())
                .update();
    }

    @Override
    public Optional<Mistake> mistake(FirmId firm) {
        return jdbc.sql("select mistake from ledger_mistake where firm_id = ?")
                .param(firm.text())
                .query((row, number) -> Mistake.valueOf(row.getString("mistake")))
                .optional();
    }

    @Override
    public Distance distance() {
        return jdbc.sql("select is_down, takes_millis, loses_next from ledger_desk")
                .query((row, number) -> new Distance(
                        row.getBoolean("is_down"),
                        Duration.ofMillis(row.getInt("takes_millis")),
                        row.getInt("loses_next")))
                .optional()
                .orElseGet(() -> new Distance(false, Duration.ZERO, 0));
    }

    @Override
    @Transactional
    public void down(boolean isDown) {
        set("is_down", isDown);
    }

    @Override
    @Transactional
    public void takes(Duration eachAnswer) {
        set("takes_millis", Math.toIntExact(eachAnswer.toMillis()));
    }

    @Override
    @Transactional
    public void losesNext(int answers) {
        set("loses_next", answers);
    }

    /** Whether this answer is one of those that get lost: of all that are given at once, no more than there are to lose. */
    @Transactional
    public boolean losesThisOne() {
        return jdbc.sql("update ledger_desk set loses_next = loses_next - 1 where loses_next > 0")
                        .update()
                == 1;
    }

    private void set(String column, Object value) {
        jdbc.sql("insert into ledger_desk (%1$s) values (?) on conflict (only_row) do update set %1$s = excluded.%1$s"
                        .formatted(column))
                .param(value)
                .update();
    }
}

package org.billingtakeover.billing.ledger;

import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.PlatformDesk;
import org.billingtakeover.kernel.FirmId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
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
}

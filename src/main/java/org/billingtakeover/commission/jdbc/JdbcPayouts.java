package org.billingtakeover.commission.jdbc;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.commission.Payouts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcPayouts implements Payouts {

    private static final String FREE = "handed_over_at is null and (asked_at is null or asked_at <= :askedBefore)";

    private final JdbcClient jdbc;

    JdbcPayouts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    public List<UUID> waiting(Instant askedBefore, int most) {
        return jdbc.sql("select id from commission_payout where " + FREE + " order by paid_at, id limit :most")
                .param("askedBefore", Timestamp.from(askedBefore))
                .param("most", most)
                .query(UUID.class)
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Optional<Taken> take(UUID payout, Instant askedBefore, Instant now) {
        return jdbc.sql("""
                        with found as (
                            select id, asked_at from commission_payout where id = :id and %s for update skip locked
                        )
                        update commission_payout p set asked_at = :now from found where p.id = found.id
                        returning p.*, found.asked_at is not null as asked_before
                        """.formatted(FREE))
                .param("id", payout)
                .param("askedBefore", Timestamp.from(askedBefore))
                .param("now", Timestamp.from(now))
                .query((row, number) -> new Taken(Columns.payout(row), row.getBoolean("asked_before")))
                .optional();
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void handedOver(UUID payout, Instant now) {
        jdbc.sql("update commission_payout set handed_over_at = ? where id = ?")
                .params(Timestamp.from(now), payout)
                .update();
    }
}

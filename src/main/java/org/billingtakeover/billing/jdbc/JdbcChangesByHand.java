package org.billingtakeover.billing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.ChangeByHand.Kind;
import org.billingtakeover.billing.ChangeByHand.Proof;
import org.billingtakeover.billing.ChangeByHand.Step;
import org.billingtakeover.billing.ChangesByHand;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Each step is one statement that names where the change must stand: whoever comes second finds it elsewhere. */
@Repository
@Transactional
class JdbcChangesByHand implements ChangesByHand {

    private final JdbcClient jdbc;

    JdbcChangesByHand(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<ChangeByHand> find(BookingKey key) {
        return jdbc.sql("select * from change_by_hand where key = ?")
                .param(key.text())
                .query(JdbcChangesByHand::row)
                .optional();
    }

    @Override
    public Optional<ChangeByHand> awaited(CompanyId companyId, Product product) {
        return jdbc.sql(
                        "select * from change_by_hand where company = ? and product = ? and step in ('TO_MAKE', 'MADE')")
                .params(companyId.normal(), product.name())
                .query(JdbcChangesByHand::row)
                .optional();
    }

    @Override
    public boolean add(ChangeByHand change) {
        Order order = change.order();
        return jdbc.sql("""
                                insert into change_by_hand
                                    (key, company_id, product, firm_id, new_payer, effective, time_zone, step, asked_at)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict do nothing
                                """)
                        .params(
                                order.key().text(),
                                order.companyId().text(),
                                order.product().name(),
                                order.firmId().text(),
                                order.newPayer().name(),
                                order.effective(),
                                order.zone().getId(),
                                change.step().name(),
                                Timestamp.from(change.askedAt()))
                        .update()
                == 1;
    }

    @Override
    public boolean made(BookingKey key) {
        return jdbc.sql("update change_by_hand set step = 'MADE' where key = ? and step = 'TO_MAKE'")
                        .param(key.text())
                        .update()
                == 1;
    }

    @Override
    public boolean lapsed(BookingKey key, Rejection reason) {
        return jdbc.sql(
                                "update change_by_hand set step = 'LAPSED', reason = ? where key = ? and step in ('TO_MAKE', 'MADE')")
                        .params(reason.name(), key.text())
                        .update()
                == 1;
    }

    @Override
    public boolean proved(BookingKey key, Proof proof) {
        return jdbc.sql("""
                                update change_by_hand set step = 'PROVED', proof = ?, proved_on = ?
                                where key = ? and step in ('TO_MAKE', 'MADE') and effective <= ?
                                """)
                        .params(proof.kind().name(), proof.on(), key.text(), proof.on())
                        .update()
                == 1;
    }

    @Override
    public boolean withdrawn(BookingKey key) {
        return jdbc.sql("""
                                update change_by_hand set step = case step when 'MADE' then 'TO_TAKE_BACK' else 'WITHDRAWN' end
                                where key = ? and step in ('TO_MAKE', 'MADE')
                                """).param(key.text()).update() == 1;
    }

    @Override
    public boolean takenBack(BookingKey key) {
        return jdbc.sql("update change_by_hand set step = 'WITHDRAWN' where key = ? and step = 'TO_TAKE_BACK'")
                        .param(key.text())
                        .update()
                == 1;
    }

    private static ChangeByHand row(ResultSet row, int number) throws SQLException {
        Optional<String> proof = Optional.ofNullable(row.getString("proof"));
        LocalDate provedOn = row.getObject("proved_on", LocalDate.class);
        return new ChangeByHand(
                JdbcBookings.order(row, "key"),
                Step.valueOf(row.getString("step")),
                Optional.ofNullable(row.getString("reason")).map(Rejection::valueOf),
                proof.map(kind -> new Proof(Kind.valueOf(kind), provedOn)),
                row.getTimestamp("asked_at").toInstant());
    }
}

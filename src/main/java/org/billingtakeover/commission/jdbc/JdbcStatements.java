package org.billingtakeover.commission.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.commission.Quarter;
import org.billingtakeover.commission.Statements;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcStatements implements Statements {

    private final JdbcClient jdbc;

    JdbcStatements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int countEntries(FirmId firm) {
        return jdbc.sql("select count(*) from commission_entry where firm_id = ?")
                .param(firm.text())
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Entry> entries(FirmId firm, int offset, int limit) {
        return jdbc.sql("""
                        select e.*, c.name, s.product, p.takeover_key, p.quarter
                        from commission_entry e
                        left join subscription s on s.id = e.subscription_id
                        left join client c on c.id = s.client_id
                        left join commission_payout p on p.id = e.payout_id
                        where e.firm_id = ?
                        order by e.day desc, e.id offset ? limit ?
                        """)
                .params(firm.text(), offset, limit)
                .query((row, number) -> entry(row))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        BigDecimal percent = row.getBigDecimal("percent");
        String product = row.getString("product");
        String takeover = row.getString("takeover_key");
        String quarter = row.getString("quarter");
        return new Entry(
                row.getObject("day", LocalDate.class),
                row.getString("name"),
                product == null ? null : Product.valueOf(product),
                row.getString("bill"),
                percent == null ? null : Columns.money(row, "base"),
                percent,
                Columns.money(row, "amount"),
                takeover == null ? null : new TakeoverKey(takeover),
                quarter == null ? null : Quarter.of(quarter));
    }

    @Override
    public List<Payment> payments(FirmId firm, int limit) {
        return jdbc.sql("select * from commission_payout where firm_id = ? order by paid_at desc, id limit ?")
                .params(firm.text(), limit)
                .query((row, number) -> new Payment(Columns.payout(row), instant(row.getTimestamp("handed_over_at"))))
                .list();
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}

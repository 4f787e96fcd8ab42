package org.billingtakeover.commission.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.billingtakeover.commission.PaymentKey;
import org.billingtakeover.commission.Payments;
import org.billingtakeover.commission.PaymentsFile;
import org.billingtakeover.kernel.FirmId;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps orders for people who pay by hand or by their bank's import; a table, since servers share no disk. */
@Repository
class JdbcPaymentsFile implements Payments, PaymentsFile {

    private static final int ROWS_AT_A_TIME = 500;

    private final JdbcClient jdbc;
    /** Reads some rows at a time, of however many there are. */
    private final JdbcClient some;

    private final Clock clock;

    JdbcPaymentsFile(JdbcClient jdbc, DataSource database, Clock clock) {
        JdbcTemplate rows = new JdbcTemplate(database);
        rows.setFetchSize(ROWS_AT_A_TIME);
        this.some = JdbcClient.create(rows);
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    public boolean has(PaymentKey key) {
        return jdbc.sql("select exists (select from payment_order where key = ?)")
                .param(key.text())
                .query(Boolean.class)
                .single();
    }

    /** As remote as any other that pays: in no transaction of whoever asks. */
    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void pay(Order order) {
        jdbc.sql("""
                        insert into payment_order (key, firm_id, firm_name, amount, currency, day, reference, taken_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (key) do nothing
                        """)
                .params(
                        order.key().text(),
                        order.firm().text(),
                        order.name(),
                        order.amount().amount(),
                        order.amount().currency().getCurrencyCode(),
                        order.day(),
                        order.reference(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    @Override
    public int count() {
        return jdbc.sql("select count(*) from payment_order")
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Order> orders(int offset, int limit) {
        return jdbc.sql("select * from payment_order order by taken_at desc, key offset ? limit ?")
                .params(offset, limit)
                .query((row, number) -> order(row))
                .list();
    }

    @Override
    @Transactional(readOnly = true)
    public void forEach(Consumer<Order> each) {
        try (Stream<Order> orders = some
                .sql("select * from payment_order order by taken_at, key")
                .query((row, number) -> order(row))
                .stream()) {
            orders.forEach(each);
        }
    }

    private static Order order(ResultSet row) throws SQLException {
        return new Order(
                new PaymentKey(row.getString("key")),
                new FirmId(row.getString("firm_id")),
                row.getString("firm_name"),
                Columns.money(row, "amount"),
                row.getObject("day", LocalDate.class),
                row.getString("reference"));
    }
}

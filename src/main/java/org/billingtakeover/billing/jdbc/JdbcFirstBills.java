package org.billingtakeover.billing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.BillsCompared;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.billing.FirstBills.Finding;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.kernel.LateRows;
import org.billingtakeover.kernel.StoredJson;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcFirstBills implements FirstBillsOfChanges {

    private static final String FREE = "f.next_look <= :now and (f.in_hand_until is null or f.in_hand_until <= :now)";

    private static final String FOUND = """
            select b.*, f.made_at, f.finding, f.compared from first_bills f join booking b on b.key = f.booking
            """;

    private final JdbcClient jdbc;
    private final LateRows rows;

    JdbcFirstBills(JdbcClient jdbc, JdbcOperations operations) {
        this.jdbc = jdbc;
        this.rows = new LateRows(operations, "insert into first_bills (booking, made_at, next_look) values (?, ?, ?)");
    }

    @Override
    public void await(BookingKey booking, Instant madeAt, Instant firstLook) {
        rows.add(booking.text(), Timestamp.from(madeAt), Timestamp.from(firstLook));
    }

    @Override
    public Optional<FirstBills> find(BookingKey booking) {
        rows.send();
        return jdbc.sql(FOUND + "where f.booking = ?")
                .param(booking.text())
                .query(JdbcFirstBills::row)
                .optional();
    }

    @Override
    public Optional<FirstBills> ofCase(TakeoverKey takeover) {
        rows.send();
        return jdbc.sql(FOUND + "where b.takeover_key = ? order by b.number desc limit 1")
                .param(takeover.text())
                .query(JdbcFirstBills::row)
                .optional();
    }

    @Override
    public Optional<Instant> nextLook(Instant after) {
        rows.send();
        return jdbc.sql("select min(next_look) from first_bills where next_look > ?")
                .param(Timestamp.from(after))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW, readOnly = true)
    public List<BookingKey> due(Instant now, int most) {
        return jdbc.sql("select f.booking from first_bills f where " + FREE
                        + " order by f.next_look, f.booking limit :most")
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query((row, number) -> new BookingKey(row.getString("booking")))
                .list();
    }

    @Override
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public Optional<FirstBills> take(BookingKey booking, Instant now, Instant until) {
        return jdbc.sql("""
                        with taken as (
                            select f.booking from first_bills f where f.booking = :key and %s for update skip locked
                        )
                        update first_bills f set in_hand_until = :until from taken, booking b
                        where f.booking = taken.booking and b.key = f.booking
                        returning b.*, f.made_at, f.finding, f.compared
                        """.formatted(FREE))
                .param("key", booking.text())
                .param("now", Timestamp.from(now))
                .param("until", Timestamp.from(until))
                .query(JdbcFirstBills::row)
                .optional();
    }

    @Override
    @Transactional
    public void later(BookingKey booking, Instant at) {
        jdbc.sql(
                        "update first_bills set next_look = ?, in_hand_until = null where booking = ? and next_look is not null")
                .params(Timestamp.from(at), booking.text())
                .update();
    }

    @Override
    public boolean found(FirstBills before, Finding finding, BillsCompared compared, Instant nextLook) {
        return jdbc.sql("""
                        update first_bills set finding = ?, compared = ?::jsonb, in_hand_until = null, next_look = ?
                        where booking = ? and finding = ?
                        """)
                        .params(
                                finding.name(),
                                StoredJson.write(compared),
                                finding.isOpen() ? Timestamp.from(nextLook) : null,
                                before.booking().order().key().text(),
                                before.finding().name())
                        .update()
                == 1;
    }

    @Override
    public boolean lookedInto(BookingKey booking, Finding finding) {
        return jdbc.sql("""
                                update first_bills set finding = ?, next_look = case when ? then next_look end
                                where booking = ? and finding in ('REFUND_DUE', 'DIFFERENT', 'BEING_CORRECTED')
                                """)
                        .params(finding.name(), finding.isOpen(), booking.text())
                        .update()
                == 1;
    }

    private static FirstBills row(ResultSet row, int number) throws SQLException {
        return new FirstBills(
                JdbcBookings.row(row, number),
                row.getTimestamp("made_at").toInstant(),
                Finding.valueOf(row.getString("finding")),
                Optional.ofNullable(row.getString("compared")).map(json -> StoredJson.read(json, BillsCompared.class)));
    }
}

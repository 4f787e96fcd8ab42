package org.billingtakeover.billing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.billing.BillsSentIn;
import org.billingtakeover.billing.BookingKey;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcBillsSentIn implements BillsSentIn {

    private final JdbcClient jdbc;

    JdbcBillsSentIn(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Bill bill, byte[] content) {
        jdbc.sql("insert into bill_sent_in (id, booking, name, type, content, sent_in_at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        bill.id(),
                        bill.booking().text(),
                        bill.name(),
                        bill.type().name(),
                        content,
                        Timestamp.from(bill.sentIn()))
                .update();
    }

    @Override
    public List<Bill> of(BookingKey booking) {
        return jdbc.sql(
                        "select id, booking, name, type, sent_in_at from bill_sent_in where booking = ? order by sent_in_at, id")
                .param(booking.text())
                .query(JdbcBillsSentIn::bill)
                .list();
    }

    @Override
    public Optional<Content> content(UUID id) {
        return jdbc.sql("select * from bill_sent_in where id = ?")
                .param(id)
                .query((row, number) -> new Content(bill(row, number), row.getBytes("content")))
                .optional();
    }

    private static Bill bill(ResultSet row, int number) throws SQLException {
        return new Bill(
                row.getObject("id", UUID.class),
                new BookingKey(row.getString("booking")),
                row.getString("name"),
                Type.valueOf(row.getString("type")),
                row.getTimestamp("sent_in_at").toInstant());
    }
}

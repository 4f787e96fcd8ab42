package org.billingtakeover.billing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Booking;
import org.billingtakeover.billing.Booking.Progress;
import org.billingtakeover.billing.BookingKey;
import org.billingtakeover.billing.Bookings;
import org.billingtakeover.billing.BookingsWanted;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcBookings extends JdbcAgenda<BookingKey, Bookings.Taken> implements Bookings {

    /** What is booked anew waits until what was booked before for the same subscription is withdrawn. */
    private static final String IN_TURN = """
            not (wanted and exists (
                select from booking before
                where before.company_id = booking.company_id and before.product = booking.product
                    and not before.wanted and before.next_look is not null))
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;

    JdbcBookings(JdbcClient jdbc, ApplicationEventPublisher publisher) {
        super(
                jdbc,
                "booking",
                IN_TURN,
                (row, number) -> new BookingKey(row.getString("key")),
                (row, number) -> new Taken(row(row, number), row.getBoolean("asked_before")));
        this.jdbc = jdbc;
        this.publisher = publisher;
    }

    @Override
    public void want(TakeoverKey takeover, Booking.Wish wish, Instant now) {
        wantNothing(takeover, now);
        jdbc.sql("""
                        insert into booking (key, takeover_key, number, company_id, product, firm_id, new_payer, effective,
                            time_zone, platform, cut_off, since, next_look)
                        select :takeover || '/' || :option || '/' || :effective || '/' || number, :takeover, number, :company,
                            :product, :firm, :payer, :effective, :zone, :platform, :cutOff, :now, :now
                        from (select count(*) + 1 as number from booking where takeover_key = :takeover) as next
                        """)
                .param("takeover", takeover.text())
                .param("option", wish.option())
                .param("effective", wish.effective())
                .param("company", wish.companyId().text())
                .param("product", wish.product().name())
                .param("firm", wish.firmId().text())
                .param("payer", wish.newPayer().name())
                .param("zone", wish.zone().getId())
                .param("platform", wish.platform().name())
                .param("cutOff", Timestamp.from(wish.cutOff()))
                .param("now", Timestamp.from(now))
                .update();
        publisher.publishEvent(new BookingsWanted());
    }

    @Override
    public void wantNothing(TakeoverKey takeover, Instant now) {
        int changed = jdbc.sql("""
                        update booking set wanted = false, since = ?,
                            next_look = case when progress in ('WAITING', 'BOOKED') then ?::timestamptz end
                        where takeover_key = ? and wanted
                        """)
                .params(Timestamp.from(now), Timestamp.from(now), takeover.text())
                .update();
        if (changed > 0) {
            publisher.publishEvent(new BookingsWanted());
        }
    }

    @Override
    public Optional<Booking> wantedBy(TakeoverKey takeover) {
        return jdbc.sql("select * from booking where takeover_key = ? and wanted")
                .param(takeover.text())
                .query(JdbcBookings::row)
                .optional();
    }

    @Override
    public List<Booking> of(TakeoverKey takeover) {
        return jdbc.sql("select * from booking where takeover_key = ? order by number")
                .param(takeover.text())
                .query(JdbcBookings::row)
                .list();
    }

    @Override
    public Optional<Instant> nextLook(Instant after) {
        return jdbc.sql("select min(next_look) from booking where wanted and progress = 'BOOKED' and next_look > ?")
                .param(Timestamp.from(after))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public Waiting waiting(Instant now) {
        return jdbc.sql("""
                        select count(*) as bookings, min(waits_since) as oldest
                        from (
                            select case when wanted and progress = 'BOOKED' then cut_off else since end as waits_since
                            from booking
                            where next_look is not null and platform = 'LEDGER'
                                and (progress <> 'BOOKED' or not wanted or cut_off <= ?)
                            union all
                            select since from integration_order where next_look is not null and platform = 'LEDGER'
                        ) as waiting
                        """)
                .param(Timestamp.from(now))
                .query((row, number) -> new Waiting(
                        row.getInt("bookings"),
                        Optional.ofNullable(row.getTimestamp("oldest"))
                                .map(oldest -> Duration.between(oldest.toInstant(), now))
                                .orElse(Duration.ZERO)))
                .single();
    }

    @Override
    public void lookAt(BookingKey key, Instant now) {
        if (isSooner(key, now)) {
            publisher.publishEvent(new BookingsWanted());
        }
    }

    @Override
    public void told(
            BookingKey key, Progress word, Optional<Rejection> reason, Optional<Instant> nextLook, Instant now) {
        jdbc.sql("""
                        update booking set progress = :word, reason = :reason, told_at = :now, in_hand_until = null,
                            next_look = case when wanted or :nextLook::timestamptz is null
                                then :nextLook::timestamptz else :now::timestamptz end
                        where key = :key
                        """)
                .param("word", word.name())
                .param("reason", reason.map(Rejection::name).orElse(null))
                .param("now", Timestamp.from(now))
                .param("nextLook", nextLook.map(Timestamp::from).orElse(null))
                .param("key", key.text())
                .update();
    }

    static Booking row(ResultSet row, int number) throws SQLException {
        return new Booking(
                new TakeoverKey(row.getString("takeover_key")),
                order(row, "key"),
                PlatformName.valueOf(row.getString("platform")),
                row.getTimestamp("cut_off").toInstant(),
                row.getBoolean("wanted"),
                Progress.valueOf(row.getString("progress")),
                Optional.ofNullable(row.getString("reason")).map(Rejection::valueOf));
    }

    /** @param key the column that has the order's key */
    static Order order(ResultSet row, String key) throws SQLException {
        return new Order(
                new BookingKey(row.getString(key)),
                new CompanyId(row.getString("company_id")),
                Product.valueOf(row.getString("product")),
                new FirmId(row.getString("firm_id")),
                Payer.valueOf(row.getString("new_payer")),
                row.getObject("effective", LocalDate.class),
                ZoneId.of(row.getString("time_zone")));
    }
}

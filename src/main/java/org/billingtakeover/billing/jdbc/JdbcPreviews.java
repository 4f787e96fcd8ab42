package org.billingtakeover.billing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillingPlatform.Order;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.BookingsWanted;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPreviews extends JdbcAgenda<TakeoverKey, Previews.Wanted> implements Previews {

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;

    JdbcPreviews(JdbcClient jdbc, ApplicationEventPublisher publisher) {
        super(
                jdbc,
                "preview",
                "wanted",
                (row, number) -> new TakeoverKey(row.getString("key")),
                (row, number) -> wanted(row));
        this.jdbc = jdbc;
        this.publisher = publisher;
    }

    @Override
    public void want(Order order, PlatformName platform, Instant at) {
        jdbc.sql("""
                        insert into preview (key, order_key, company_id, product, firm_id, new_payer, effective, time_zone, platform,
                            next_look)
                        values (:key, :orderKey, :company, :product, :firm, :payer, :effective, :zone, :platform, :at)
                        on conflict (key) do update set
                            order_key = excluded.order_key, company_id = excluded.company_id, product = excluded.product,
                            firm_id = excluded.firm_id, new_payer = excluded.new_payer, effective = excluded.effective,
                            time_zone = excluded.time_zone, platform = excluded.platform, next_look = excluded.next_look,
                            wanted = true, in_hand_until = null, answer = null, reason = null, answered_at = null
                        """)
                .param("key", order.key().takeover().text())
                .param("orderKey", order.key().text())
                .param("company", order.companyId().text())
                .param("product", order.product().name())
                .param("firm", order.firmId().text())
                .param("payer", order.newPayer().name())
                .param("effective", order.effective())
                .param("zone", order.zone().getId())
                .param("platform", platform.name())
                .param("at", Timestamp.from(at))
                .update();
        publisher.publishEvent(new BookingsWanted());
    }

    @Override
    public void wantNothing(TakeoverKey takeover) {
        jdbc.sql("update preview set wanted = false, next_look = null where key = ? and wanted")
                .param(takeover.text())
                .update();
    }

    @Override
    public Optional<Said> said(TakeoverKey takeover) {
        return jdbc.sql(
                        "select answer, reason, answered_at from preview where key = ? and wanted and answer is not null")
                .param(takeover.text())
                .query((row, number) ->
                        new Said(answer(row), row.getTimestamp("answered_at").toInstant()))
                .optional();
    }

    @Override
    public void askNow(TakeoverKey takeover, Instant now) {
        if (isSooner(takeover, now)) {
            publisher.publishEvent(new BookingsWanted());
        }
    }

    @Override
    public void told(Wanted wanted, Preview preview, Optional<Instant> askedAgain, Instant now) {
        jdbc.sql("""
                        update preview set answer = :answer, reason = :reason, answered_at = :now, in_hand_until = null,
                            next_look = :askedAgain
                        where key = :key and wanted and order_key = :orderKey
                        """)
                .param("answer", preview.getClass().getSimpleName())
                .param("reason", preview.refusal().map(Rejection::name).orElse(null))
                .param("now", Timestamp.from(now))
                .param("askedAgain", askedAgain.map(Timestamp::from).orElse(null))
                .param("key", wanted.order().key().takeover().text())
                .param("orderKey", wanted.order().key().text())
                .update();
    }

    private static Wanted wanted(ResultSet row) throws SQLException {
        return new Wanted(
                JdbcBookings.order(row, "order_key"),
                PlatformName.valueOf(row.getString("platform")),
                row.getString("answer") == null ? Optional.empty() : Optional.of(answer(row)));
    }

    private static Preview answer(ResultSet row) throws SQLException {
        return switch (row.getString("answer")) {
            case "Accepts" -> new Preview.Accepts();
            case "Refuses" -> new Preview.Refuses(Rejection.valueOf(row.getString("reason")));
            default -> new Preview.NotKnown();
        };
    }
}

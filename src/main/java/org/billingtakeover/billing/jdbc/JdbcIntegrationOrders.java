package org.billingtakeover.billing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BookingsWanted;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationOrder;
import org.billingtakeover.billing.IntegrationOrder.Progress;
import org.billingtakeover.billing.IntegrationOrders;
import org.billingtakeover.billing.IntegrationPlatform.Order;
import org.billingtakeover.kernel.ClientKey;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcIntegrationOrders extends JdbcAgenda<IntegrationKey, IntegrationOrders.Taken> implements IntegrationOrders {

    /** One after the other, as they were wanted. */
    private static final String IN_TURN = """
            not exists (
                select from integration_order before
                where before.company = integration_order.company and before.number < integration_order.number
                    and before.next_look is not null)
            """;

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher publisher;

    JdbcIntegrationOrders(JdbcClient jdbc, ApplicationEventPublisher publisher) {
        super(
                jdbc,
                "integration_order",
                IN_TURN,
                JdbcIntegrationOrders::key,
                (row, number) -> new Taken(row(row, number), row.getBoolean("asked_before")));
        this.jdbc = jdbc;
        this.publisher = publisher;
    }

    @Override
    public Optional<IntegrationKey> want(IntegrationOrder.Wish wish, Instant now) {
        Optional<IntegrationKey> wanted = jdbc.sql("""
                        insert into integration_order (key, client_id, takeover_key, number, company_id, firm_id, status, as_of,
                            platform, since, next_look)
                        select :company || '/' || :verb || '/' || :asOf || '/' || number, :client, :takeover, number, :company, :firm,
                            :status, :asOf, :platform, :now, :now
                        from (
                            select count(*) + 1 as number from integration_order where company = company_key(:company)
                        ) as next
                        on conflict (client_id) where wanted and progress = 'WAITING' do nothing
                        returning key
                        """)
                .param("company", wish.companyId().text())
                .param("verb", wish.status() == IntegrationStatus.STOPPED ? "STOP" : "RUN")
                .param("asOf", wish.asOf())
                .param("client", wish.client().client())
                .param("takeover", wish.takeover().map(TakeoverKey::text).orElse(null))
                .param("firm", wish.firmId().text())
                .param("status", wish.status().name())
                .param("platform", wish.platform().name())
                .param("now", Timestamp.from(now))
                .query(JdbcIntegrationOrders::key)
                .optional();
        wanted.ifPresent(key -> publisher.publishEvent(new BookingsWanted()));
        return wanted;
    }

    @Override
    public void wantNoStop(ClientKey client, Instant now) {
        int changed = jdbc.sql("""
                        update integration_order set wanted = false, since = ?, next_look = ?
                        where client_id = ? and wanted and progress = 'WAITING' and status = 'STOPPED'
                        """)
                .params(Timestamp.from(now), Timestamp.from(now), client.client())
                .update();
        if (changed > 0) {
            publisher.publishEvent(new BookingsWanted());
        }
    }

    @Override
    public Optional<IntegrationOrder> wantedOf(ClientKey client) {
        return jdbc.sql("select * from integration_order where client_id = ? and wanted and progress = 'WAITING'")
                .param(client.client())
                .query(JdbcIntegrationOrders::row)
                .optional();
    }

    @Override
    public Optional<IntegrationOrder> find(IntegrationKey key) {
        return jdbc.sql("select * from integration_order where key = ?")
                .param(key.text())
                .query(JdbcIntegrationOrders::row)
                .optional();
    }

    @Override
    public List<IntegrationOrder> of(ClientKey client) {
        return jdbc.sql("select * from integration_order where client_id = ? order by number")
                .param(client.client())
                .query(JdbcIntegrationOrders::row)
                .list();
    }

    @Override
    public void lookAt(IntegrationKey key, Instant now) {
        if (isSooner(key, now)) {
            publisher.publishEvent(new BookingsWanted());
        }
    }

    @Override
    public void told(IntegrationKey key, Progress word, Instant now) {
        jdbc.sql("""
                        update integration_order set progress = ?, told_at = ?, in_hand_until = null, next_look = null
                        where key = ?
                        """).params(word.name(), Timestamp.from(now), key.text()).update();
    }

    private static IntegrationKey key(ResultSet row, int number) throws SQLException {
        return new IntegrationKey(row.getString("key"));
    }

    private static IntegrationOrder row(ResultSet row, int number) throws SQLException {
        return new IntegrationOrder(
                new ClientKey(row.getObject("client_id", UUID.class)),
                Optional.ofNullable(row.getString("takeover_key")).map(TakeoverKey::new),
                new Order(
                        key(row, number),
                        new CompanyId(row.getString("company_id")),
                        new FirmId(row.getString("firm_id")),
                        IntegrationStatus.valueOf(row.getString("status")),
                        row.getObject("as_of", LocalDate.class)),
                PlatformName.valueOf(row.getString("platform")),
                row.getBoolean("wanted"),
                Progress.valueOf(row.getString("progress")));
    }
}

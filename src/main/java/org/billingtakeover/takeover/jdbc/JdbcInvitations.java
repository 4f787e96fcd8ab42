package org.billingtakeover.takeover.jdbc;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.takeover.Invitations;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcInvitations implements Invitations {

    private final JdbcClient jdbc;

    JdbcInvitations(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    @Transactional
    public List<UUID> found(Instant at, int most) {
        return jdbc.sql("""
                        insert into invitation (client_id, found_on)
                        select c.id, (:at at time zone c.time_zone)::date from client c
                            join subscription o on o.client_id = c.id and o.product = 'QUICKBOOKS_ONLINE'
                            join subscription t on t.client_id = c.id and t.product = 'QUICKBOOKS_TIME'
                        where c.integration_status = 'ACTIVE' and o.payer <> t.payer and not c.doubtful
                            and o.status <> 'CANCELLED' and t.status <> 'CANCELLED'
                            and not exists (select from client_doubt d where d.client_id = c.id and d.holds)
                            and not exists (select from invitation i where i.client_id = c.id)
                        order by c.stop_date nulls first, c.id limit :most
                        on conflict do nothing
                        returning client_id
                        """)
                .param("at", at.atOffset(ZoneOffset.UTC))
                .param("most", most)
                .query(UUID.class)
                .list();
    }

    @Override
    public Optional<Invitation> of(UUID client) {
        return Optional.ofNullable(of(List.of(client)).get(client));
    }

    @Override
    public Map<UUID, Invitation> of(Collection<UUID> clients) {
        Map<UUID, Invitation> found = new HashMap<>();
        jdbc.sql("select * from invitation where client_id = any (?)")
                .param(clients.toArray(UUID[]::new))
                .query(row -> {
                    found.put(row.getObject("client_id", UUID.class), invitation(row));
                });
        return found;
    }

    @Override
    @Transactional
    public void invited(UUID client, Instant at, Cost cost) {
        Difference firm = cost.firmTakesTime();
        Difference own = cost.clientTakesOnline();
        Difference known = firm == null ? own : firm;
        jdbc.sql("""
                        update invitation set invited_at = :at, currency = :currency,
                            firm_takes_time_firm = :timeFirm, firm_takes_time_client = :timeClient,
                            client_takes_online_firm = :onlineFirm, client_takes_online_client = :onlineClient
                        where client_id = :client
                        """)
                .param("at", Timestamp.from(at))
                .param(
                        "currency",
                        known == null ? null : known.firm().currency().getCurrencyCode())
                .param("timeFirm", firm == null ? null : firm.firm().amount())
                .param("timeClient", firm == null ? null : firm.client().amount())
                .param("onlineFirm", own == null ? null : own.firm().amount())
                .param("onlineClient", own == null ? null : own.client().amount())
                .param("client", client)
                .update();
    }

    @Override
    @Transactional
    public void ended(UUID client) {
        jdbc.sql("delete from invitation where client_id = ?").param(client).update();
    }

    private static Invitation invitation(ResultSet row) throws SQLException {
        Timestamp invitedAt = row.getTimestamp("invited_at");
        return new Invitation(
                row.getObject("found_on", LocalDate.class),
                invitedAt == null ? null : invitedAt.toInstant(),
                new Cost(difference(row, "firm_takes_time"), difference(row, "client_takes_online")));
    }

    private static @Nullable Difference difference(ResultSet row, String way) throws SQLException {
        BigDecimal firm = row.getBigDecimal(way + "_firm");
        if (firm == null) {
            return null;
        }
        Currency currency = Currency.getInstance(row.getString("currency"));
        return new Difference(new Money(firm, currency), new Money(row.getBigDecimal(way + "_client"), currency));
    }
}

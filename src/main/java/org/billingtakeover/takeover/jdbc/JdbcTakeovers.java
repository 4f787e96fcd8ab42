package org.billingtakeover.takeover.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcTakeovers implements Takeovers {

    private final JdbcClient jdbc;

    JdbcTakeovers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<Takeover> find(String key) {
        return jdbc.sql("select * from takeover where key = ?")
                .param(key)
                .query(JdbcTakeovers::row)
                .optional();
    }

    @Override
    public Optional<Takeover> openOfCompany(String companyId) {
        return jdbc.sql("select * from takeover where company_id = ? and stage <> 'CLOSED'")
                .param(companyId)
                .query(JdbcTakeovers::row)
                .optional();
    }

    @Override
    public List<Takeover> ofClient(UUID clientId) {
        return jdbc.sql("select * from takeover where client_id = ? order by opened_at desc, key desc")
                .param(clientId)
                .query(JdbcTakeovers::row)
                .list();
    }

    @Override
    public Set<UUID> clientsWithOpenCase(String firmId) {
        return jdbc.sql("select client_id from takeover where firm_id = ? and stage <> 'CLOSED'")
                .param(firmId)
                .query(UUID.class)
                .set();
    }

    @Override
    public boolean addIfNoneOpen(Takeover takeover) {
        return bind("""
                        insert into takeover (key, firm_id, client_id, company_id, way, stage, quote_number, billing_date,
                            opened_by, opened_at, acknowledged_by, acknowledged_at, due, outcome, reason, closed_at)
                        values (:key, :firm, :client, :company, :way, :stage, :quote, :billingDate,
                            :openedBy, :openedAt, :acknowledgedBy, :acknowledgedAt, :due, :outcome, :reason, :closedAt)
                        on conflict (company_id) where stage <> 'CLOSED' do nothing
                        """, takeover).update() == 1;
    }

    @Override
    public String nextKey(int year) {
        long number =
                jdbc.sql("select nextval('takeover_number')").query(Long.class).single();
        return "TKO-%d-%05d".formatted(year, number);
    }

    @Override
    public void update(Takeover takeover) {
        bind("""
                        update takeover set way = :way, stage = :stage, quote_number = :quote, billing_date = :billingDate,
                            acknowledged_by = :acknowledgedBy, acknowledged_at = :acknowledgedAt, due = :due,
                            outcome = :outcome, reason = :reason, closed_at = :closedAt
                        where key = :key
                        """, takeover).update();
    }

    @Override
    public Takeover lock(String key) {
        return jdbc.sql("select * from takeover where key = ? for update")
                .param(key)
                .query(JdbcTakeovers::row)
                .single();
    }

    private JdbcClient.StatementSpec bind(String sql, Takeover takeover) {
        return jdbc.sql(sql)
                .param("key", takeover.key())
                .param("firm", takeover.firmId())
                .param("client", takeover.clientId())
                .param("company", takeover.companyId())
                .param("way", takeover.way().name())
                .param("stage", takeover.stage().name())
                .param("quote", takeover.quoteNumber())
                .param("billingDate", takeover.billingDate())
                .param("openedBy", takeover.openedBy())
                .param("openedAt", Timestamp.from(takeover.openedAt()))
                .param("acknowledgedBy", takeover.acknowledgedBy())
                .param("acknowledgedAt", timestamp(takeover.acknowledgedAt()))
                .param("due", timestamp(takeover.due()))
                .param(
                        "outcome",
                        takeover.outcome() == null ? null : takeover.outcome().name())
                .param("reason", takeover.reason())
                .param("closedAt", timestamp(takeover.closedAt()));
    }

    private static Takeover row(ResultSet row, int number) throws SQLException {
        String outcome = row.getString("outcome");
        return new Takeover(
                row.getString("key"),
                row.getString("firm_id"),
                row.getObject("client_id", UUID.class),
                row.getString("company_id"),
                Way.valueOf(row.getString("way")),
                Stage.valueOf(row.getString("stage")),
                row.getString("quote_number"),
                row.getObject("billing_date", LocalDate.class),
                row.getString("opened_by"),
                row.getTimestamp("opened_at").toInstant(),
                row.getString("acknowledged_by"),
                instant(row.getTimestamp("acknowledged_at")),
                instant(row.getTimestamp("due")),
                outcome == null ? null : Outcome.valueOf(outcome),
                row.getString("reason"),
                instant(row.getTimestamp("closed_at")));
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}

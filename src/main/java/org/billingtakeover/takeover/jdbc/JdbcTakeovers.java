package org.billingtakeover.takeover.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Acknowledgement;
import org.billingtakeover.takeover.Change;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Offer;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.Stage;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Each state is kept in the columns that it has values for; a closed case keeps those of the state before. */
@Repository
class JdbcTakeovers implements Takeovers {

    private static final String TAKEOVER = """
            select t.*, exists (select from billing_change c where c.takeover_key = t.key) as switched from takeover t
            """;

    private final JdbcClient jdbc;

    JdbcTakeovers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Takeover> find(Collection<TakeoverKey> keys) {
        return of(keys, "");
    }

    @Override
    public List<Takeover> lock(Collection<TakeoverKey> keys) {
        return of(keys, " for update of t");
    }

    private List<Takeover> of(Collection<TakeoverKey> keys, String lock) {
        return jdbc.sql(TAKEOVER + "where key = any (?) order by key" + lock)
                .param(keys.stream().map(TakeoverKey::text).toArray(String[]::new))
                .query(JdbcTakeovers::row)
                .list();
    }

    @Override
    public Optional<Takeover> openOfCompany(CompanyId companyId) {
        return jdbc.sql(TAKEOVER + "where company = ? and stage <> 'CLOSED' order by doubtful limit 1")
                .param(companyId.normal())
                .query(JdbcTakeovers::row)
                .optional();
    }

    @Override
    public List<Takeover> ofClient(UUID clientId) {
        return jdbc.sql(TAKEOVER + "where client_id = ? order by opened_at desc, key desc")
                .param(clientId)
                .query(JdbcTakeovers::row)
                .list();
    }

    @Override
    public Set<UUID> clientsWithOpenCase(FirmId firmId) {
        return jdbc.sql("select client_id from takeover where firm_id = ? and stage <> 'CLOSED'")
                .param(firmId.text())
                .query(UUID.class)
                .set();
    }

    @Override
    public Set<UUID> clientsThatAgreed(FirmId firmId) {
        return jdbc.sql("""
                        select c.id from client c join takeover k on k.company = c.company
                        where c.firm_id = ? and k.stage in ('SCHEDULED', 'PROBLEM')
                        """).param(firmId.text()).query(UUID.class).set();
    }

    @Override
    public boolean addIfNoneOpen(Takeover takeover) {
        return jdbc.sql("""
                        insert into takeover (key, firm_id, client_id, company_id, way, stage, opened_by, opened_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (company) where stage <> 'CLOSED' and not doubtful do nothing
                        """)
                        .params(
                                takeover.key().text(),
                                takeover.firmId().text(),
                                takeover.clientId(),
                                takeover.companyId().text(),
                                takeover.state().way().name(),
                                takeover.state().stage().name(),
                                takeover.openedBy(),
                                Timestamp.from(takeover.openedAt()))
                        .update()
                == 1;
    }

    @Override
    public TakeoverKey nextKey(int year) {
        long number =
                jdbc.sql("select nextval('takeover_number')").query(Long.class).single();
        return new TakeoverKey("TKO-%d-%05d".formatted(year, number));
    }

    @Override
    public void lockOpenOf(Collection<CompanyId> companies) {
        // In one order, so that two imports never wait for each other.
        jdbc.sql("select key from takeover where company = any (?) and stage <> 'CLOSED' order by key for update")
                .param(companies.stream().map(CompanyId::normal).toArray(String[]::new))
                .query(String.class)
                .list();
    }

    @Override
    public void update(Takeover takeover) {
        if (takeover.state() instanceof State.Closed closed) {
            close(takeover.key(), closed);
        } else {
            updateOpen(takeover);
        }
    }

    private void close(TakeoverKey key, State.Closed closed) {
        jdbc.sql("""
                        update takeover set stage = 'CLOSED', outcome = ?, reason = ?, closed_at = ?, due = null
                        where key = ?
                        """)
                .params(
                        closed.outcome().name(),
                        closed.reasons().isEmpty() ? null : Ineligibility.written(closed.reasons()),
                        Timestamp.from(closed.at()),
                        key.text())
                .update();
    }

    private void updateOpen(Takeover takeover) {
        State state = takeover.state();
        Optional<Offer> agreed = agreed(state);
        Optional<Acknowledgement> acknowledgement = state instanceof State.Acknowledged acknowledged
                ? Optional.of(acknowledged.offer().acknowledgement())
                : Optional.empty();
        jdbc.sql("""
                        update takeover set way = :way, stage = :stage, quote_number = :quote, agreed_quote_number = :agreed,
                            billing_date = :billingDate, due = :due, cut_off = :cutOff, reason = :reason, rejections = :rejections,
                            reminders = :reminders::timestamptz[],
                            acknowledged_by = coalesce(:acknowledgedBy, acknowledged_by),
                            acknowledged_at = coalesce(:acknowledgedAt, acknowledged_at)
                        where key = :key
                        """)
                .param("key", takeover.key().text())
                .param("way", state.way().name())
                .param("stage", state.stage().name())
                .param("quote", state.quote().map(QuoteNumber::text).orElse(null))
                .param("agreed", agreed.map(each -> each.quote().text()).orElse(null))
                .param("billingDate", state.billingDate().orElse(null))
                .param("due", state.due().map(Timestamp::from).orElse(null))
                .param("cutOff", state.withdrawableUntil().map(Timestamp::from).orElse(null))
                .param("reason", reason(state))
                .param("rejections", state instanceof State.Coming coming ? coming.rejections() : 0)
                .param("reminders", reminders(state))
                .param(
                        "acknowledgedBy",
                        acknowledgement.map(Acknowledgement::by).orElse(null))
                .param(
                        "acknowledgedAt",
                        acknowledgement.map(each -> Timestamp.from(each.at())).orElse(null))
                .update();
    }

    private static Optional<Offer> agreed(State state) {
        if (state instanceof State.Agreed agreed) {
            return Optional.of(agreed.offer());
        }
        if (state instanceof State.Pending pending) {
            return Optional.of(pending.change().agreed());
        }
        return state instanceof State.Done done ? Optional.of(done.change().agreed()) : Optional.empty();
    }

    private static @Nullable String reason(State state) {
        if (state instanceof State.Rejected rejected) {
            return rejected.obstacle();
        }
        if (state instanceof State.InTrouble trouble) {
            return trouble.obstacle();
        }
        return state instanceof State.Separate separate ? separate.why().name() : null;
    }

    private static String[] reminders(State state) {
        return state instanceof State.Asking asking
                ? asking.reminders().stream().map(Instant::toString).toArray(String[]::new)
                : new String[0];
    }

    private static Takeover row(ResultSet row, int number) throws SQLException {
        return new Takeover(
                new TakeoverKey(row.getString("key")),
                new FirmId(row.getString("firm_id")),
                row.getObject("client_id", UUID.class),
                new CompanyId(row.getString("company_id")),
                row.getString("opened_by"),
                row.getTimestamp("opened_at").toInstant(),
                state(row));
    }

    private static State state(ResultSet row) throws SQLException {
        return switch (Stage.valueOf(row.getString("stage"))) {
            case REVIEW -> underReview(row);
            case ASKING -> asking(row);
            case SCHEDULED -> scheduled(row);
            case PROBLEM -> new State.InTrouble(change(row), row.getString("reason"));
            case STOPPING -> stopping(row);
            case CLOSED -> closed(row);
        };
    }

    private static State underReview(ResultSet row) throws SQLException {
        Instant due = instant(row, "due");
        if (way(row) == Way.CLIENT_TAKES_ONLINE) {
            return new State.Offered(new Offer.ClientTakesOnline(quote(row, "quote_number")));
        }
        if (due != null) {
            return new State.UnderReview(quote(row, "quote_number"), due);
        }
        return row.getString("quote_number") == null
                ? new State.Requested()
                : new State.Acknowledged((Offer.FirmTakesTime) offer(row, "quote_number"));
    }

    private static State asking(ResultSet row) throws SQLException {
        Instant due = instant(row, "due");
        if (due == null) {
            return new State.Agreed(offer(row, "agreed_quote_number"));
        }
        Timestamp[] reminders = (Timestamp[]) row.getArray("reminders").getArray();
        return new State.Asking(
                offer(row, "quote_number"),
                due,
                Arrays.stream(reminders).map(Timestamp::toInstant).toList());
    }

    private static State scheduled(ResultSet row) throws SQLException {
        if (row.getBoolean("switched")) {
            return new State.Done(change(row));
        }
        int rejections = row.getInt("rejections");
        Instant at = row.getTimestamp("due").toInstant();
        Instant cutOff = instant(row, "cut_off");
        return cutOff != null
                ? new State.Scheduled(change(row), at, cutOff, rejections)
                : new State.Rejected(change(row), row.getString("reason"), rejections, at);
    }

    private static State stopping(ResultSet row) throws SQLException {
        Instant due = instant(row, "due");
        return due == null
                ? new State.Separate(way(row), State.Separate.Why.valueOf(row.getString("reason")))
                : new State.Stopping(due);
    }

    private static State closed(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        return new State.Closed(
                way(row),
                Outcome.valueOf(row.getString("outcome")),
                reason == null ? List.of() : Ineligibility.read(reason),
                row.getTimestamp("closed_at").toInstant());
    }

    private static Change change(ResultSet row) throws SQLException {
        return new Change(
                offer(row, "agreed_quote_number"),
                quote(row, "quote_number"),
                row.getObject("billing_date", LocalDate.class));
    }

    private static Offer offer(ResultSet row, String quote) throws SQLException {
        return way(row) == Way.FIRM_TAKES_TIME
                ? new Offer.FirmTakesTime(
                        quote(row, quote),
                        new Acknowledgement(
                                row.getString("acknowledged_by"),
                                row.getTimestamp("acknowledged_at").toInstant()))
                : new Offer.ClientTakesOnline(quote(row, quote));
    }

    private static Way way(ResultSet row) throws SQLException {
        return Way.valueOf(row.getString("way"));
    }

    private static QuoteNumber quote(ResultSet row, String column) throws SQLException {
        return new QuoteNumber(row.getString(column));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp timestamp = row.getTimestamp(column);
        return timestamp == null ? null : timestamp.toInstant();
    }
}

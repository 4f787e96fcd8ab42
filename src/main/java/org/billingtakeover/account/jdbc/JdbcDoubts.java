package org.billingtakeover.account.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class JdbcDoubts implements Doubts {

    private static final String PAYERS_IN_DOUBT =
            "select id, client_id, product, listed_payer, as_of from client_doubt where kind = 'PAYER' and answer is null ";

    /** One for all spellings that are or may be one company. */
    private static final String NUMBER =
            "case when c.company ~ '^[0-9]+$' then ltrim(c.company, '0') else c.company end";

    private static final String COMPANIES_IN_DOUBT = "select distinct " + NUMBER + """
             from client_doubt d join client c on c.id = d.client_id
            where d.kind = 'SPELLING' and d.answer is null
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcDoubts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Set<Kind> holding(UUID clientId) {
        return jdbc.sql("select kind from client_doubt where client_id = ? and holds")
                .param(clientId)
                .query((row, number) -> Kind.valueOf(row.getString(1)))
                .set();
    }

    @Override
    public void raise(Collection<PayerClaim> claims, LocalDate asOf) {
        for (PayerClaim claim : claims) {
            // A decision stays for the claim that it was made of; another claim, or a newer one that had been released,
            // is asked anew.
            jdbc.sql("""
                            insert into client_doubt (client_id, kind, product, listed_payer, as_of, raised_at)
                            select :client, 'PAYER', :product, :payer, :asOf, :now
                            where not exists (
                                select from client_doubt
                                where client_id = :client and kind = 'PAYER' and product = :product and listed_payer = :payer
                                  and answer is not null and as_of >= :asOf)
                            on conflict (client_id, kind, coalesce(product, '')) where holds do update
                            set listed_payer = excluded.listed_payer, as_of = excluded.as_of, raised_at = excluded.raised_at,
                                answer = null, answered_by = null, answered_at = null
                            where client_doubt.listed_payer <> excluded.listed_payer or client_doubt.answer is not null
                            """)
                    .param("client", claim.clientId())
                    .param("product", claim.product().name())
                    .param("payer", claim.payer().name())
                    .param("asOf", asOf)
                    .param("now", now())
                    .update();
        }
    }

    @Override
    public void payersAgree(Collection<UUID> clientIds, Product product) {
        if (!clientIds.isEmpty()) {
            jdbc.sql("""
                            update client_doubt set holds = false, answer = coalesce(answer, 'AGREES')
                            where client_id = any (?) and kind = 'PAYER' and product = ? and holds
                            """).params(clientIds.toArray(UUID[]::new), product.name()).update();
        }
    }

    @Override
    public void notListed(Collection<UUID> clientIds, LocalDate asOf) {
        jdbc.sql("""
                        insert into client_doubt (client_id, kind, as_of, raised_at)
                        select c.id, 'NOT_LISTED', :asOf, :now from client c left join client_listed l on l.client_id = c.id
                        where c.id = any (:clients) and coalesce(l.as_of, :asOf) <= :asOf
                        on conflict (client_id, kind, coalesce(product, '')) where holds do nothing
                        """)
                .param("asOf", asOf)
                .param("now", now())
                .param("clients", clientIds.toArray(UUID[]::new))
                .update();
    }

    @Override
    public void listed(Collection<UUID> clientIds, LocalDate asOf) {
        jdbc.sql("""
                        update client_doubt set holds = false, answer = coalesce(answer, 'LISTED')
                        where client_id = any (?) and kind = 'NOT_LISTED' and holds and as_of <= ?
                        """).params(clientIds.toArray(UUID[]::new), asOf).update();
    }

    @Override
    public List<PayerDoubt> payersInDoubt(int limit) {
        return jdbc.sql(PAYERS_IN_DOUBT + "order by raised_at, id limit ?")
                .param(limit)
                .query((row, number) -> payerDoubt(row))
                .list();
    }

    @Override
    public int countPayersInDoubt() {
        return count("select count(*) from client_doubt where kind = 'PAYER' and answer is null");
    }

    @Override
    public Optional<PayerDoubt> payerInDoubt(UUID id) {
        return jdbc.sql(PAYERS_IN_DOUBT + "and id = ? for update")
                .param(id)
                .query((row, number) -> payerDoubt(row))
                .optional();
    }

    private static PayerDoubt payerDoubt(ResultSet row) throws SQLException {
        return new PayerDoubt(
                row.getObject("id", UUID.class),
                row.getObject("client_id", UUID.class),
                Product.valueOf(row.getString("product")),
                Payer.valueOf(row.getString("listed_payer")),
                row.getObject("as_of", LocalDate.class));
    }

    @Override
    public List<Spelling> spellings(int limit) {
        return jdbc.sql(
                        "select c.id, c.firm_id, f.name as firm, c.name, c.company_id, c.admin_name, c.admin_email, exists ("
                                + " select from client_doubt d where d.client_id = c.id and d.kind = 'SPELLING' and d.answer is null) as in_doubt,"
                                + " not c.doubtful as may_be_other"
                                + " from client c join firm f on f.id = c.firm_id where " + NUMBER + " in ("
                                + COMPANIES_IN_DOUBT + " order by 1 limit ?) order by " + NUMBER + ", c.listed")
                .param(limit)
                .query((row, number) -> new Spelling(
                        row.getObject("id", UUID.class),
                        new FirmId(row.getString("firm_id")),
                        row.getString("firm"),
                        row.getString("name"),
                        new CompanyId(row.getString("company_id")),
                        new PrimaryAdmin(row.getString("admin_name"), row.getString("admin_email")),
                        row.getBoolean("in_doubt"),
                        row.getBoolean("in_doubt") && row.getBoolean("may_be_other")))
                .list();
    }

    @Override
    public int countSpellings() {
        return count("select count(*) from (" + COMPANIES_IN_DOUBT + ") in_doubt");
    }

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    @Override
    public boolean answer(UUID doubt, String answer, String actor, boolean holds) {
        return jdbc.sql("""
                        update client_doubt set answer = ?, answered_by = ?, answered_at = ?, holds = ?
                        where id = ? and answer is null
                        """).params(answer, actor, now(), holds, doubt).update() == 1;
    }

    @Override
    public Map<UUID, Boolean> notListedAmong(Collection<UUID> clientIds) {
        Map<UUID, Boolean> left = new HashMap<>();
        jdbc.sql(
                        "select client_id, answer is not null from client_doubt where client_id = any (?) and kind = 'NOT_LISTED' and holds")
                .param(clientIds.toArray(UUID[]::new))
                .query(row -> {
                    left.put(row.getObject(1, UUID.class), row.getBoolean(2));
                });
        return left;
    }

    @Override
    public boolean answerNotListed(UUID clientId, boolean stillClient, String actor) {
        return jdbc.sql("""
                        update client_doubt set answer = ?, answered_by = ?, answered_at = ?, holds = ?
                        where client_id = ? and kind = 'NOT_LISTED' and answer is null
                        """)
                        .params(stillClient ? "STILL_CLIENT" : "LEFT", actor, now(), !stillClient, clientId)
                        .update()
                == 1;
    }

    @Override
    public List<UUID> keepSpelling(UUID clientId, String actor) {
        List<UUID> others = jdbc.sql("""
                        select o.id from client c join client o on o.firm_id = c.firm_id and o.id <> c.id
                            and (o.company = c.company
                                or o.company ~ '^[0-9]+$' and c.company ~ '^[0-9]+$' and ltrim(o.company, '0') = ltrim(c.company, '0')
                                    and exists (select from client_doubt d
                                                where d.client_id in (c.id, o.id) and d.kind = 'SPELLING' and d.answer is null))
                        where c.id = ? for update of o
                        """).param(clientId).query(UUID.class).list();
        UUID[] all = others.toArray(UUID[]::new);
        jdbc.sql("update client set doubtful = true where id = any (?)")
                .param(all)
                .update();
        jdbc.sql("update client set doubtful = false where id = ?")
                .param(clientId)
                .update();
        jdbc.sql("""
                        insert into client_doubt (client_id, kind, as_of, raised_at)
                        select id, 'SPELLING', current_date, :now from unnest(:others) as o (id)
                        on conflict (client_id, kind, coalesce(product, '')) where holds do nothing
                        """).param("now", now()).param("others", all).update();
        jdbc.sql("""
                        update client_doubt set answer = 'PUT_AWAY', answered_by = ?, answered_at = ?
                        where client_id = any (?) and kind = 'SPELLING' and holds and answer is null
                        """).params(actor, now(), all).update();
        jdbc.sql("""
                        update client_doubt set answer = 'KEPT', answered_by = ?, answered_at = ?, holds = false
                        where client_id = ? and kind = 'SPELLING' and holds
                        """).params(actor, now(), clientId).update();
        return others;
    }

    @Override
    public boolean isOtherCompany(UUID clientId, String actor) {
        return jdbc.sql("""
                        update client_doubt set answer = 'OTHER_COMPANY', answered_by = ?, answered_at = ?, holds = false
                        where client_id = ? and kind = 'SPELLING' and answer is null
                          and exists (select from client c where c.id = client_id and not c.doubtful)
                        """).params(actor, now(), clientId).update() == 1;
    }

    @Override
    public void holdOthers(
            CompanyId company, Product product, Payer payer, UUID rightOne, LocalDate asOf, String actor) {
        jdbc.sql("""
                        insert into client_doubt (client_id, kind, product, listed_payer, as_of, raised_at, answer, answered_by, answered_at)
                        select c.id, 'PAYER', s.product, s.payer, :asOf, :now, 'BOOKS', :actor, :now
                        from client c join subscription s on s.client_id = c.id and s.product = :product
                        where c.company = :company and c.id <> :rightOne and (s.payer = 'FIRM' or s.payer <> :payer)
                        on conflict (client_id, kind, coalesce(product, '')) where holds do nothing
                        """)
                .param("asOf", asOf)
                .param("now", now())
                .param("actor", actor)
                .param("product", product.name())
                .param("company", company.normal())
                .param("rightOne", rightOne)
                .param("payer", payer.name())
                .update();
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}

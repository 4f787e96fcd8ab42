package org.billingtakeover.account.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Dispute;
import org.billingtakeover.account.Dispute.Claim;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.CompanyId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class JdbcPrimaryAdmins implements PrimaryAdmins {

    private static final String BELIEVED_FIRST = "believed desc, listed";

    private static final String DISPUTED =
            "select company from client group by company having count(distinct lower(admin_email)) > 1 ";

    private final JdbcClient jdbc;

    JdbcPrimaryAdmins(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public PrimaryAdmin toAsk(Account account) {
        return jdbc.sql("select admin_name, admin_email from client where company = ? order by " + BELIEVED_FIRST
                        + " limit 1")
                .param(account.client().companyId().normal())
                .query((row, number) -> admin(row))
                .single();
    }

    @Override
    public List<Dispute> disputes(int offset, int limit) {
        Map<CompanyId, List<Claim>> claims = new LinkedHashMap<>();
        jdbc.sql("select c.company_id, c.id, f.name as firm, c.name as client, c.admin_name, c.admin_email,"
                        + " row_number() over (partition by c.company order by " + BELIEVED_FIRST
                        + ") = 1 as believed"
                        + " from client c join firm f on f.id = c.firm_id where c.company in ("
                        + DISPUTED + "order by company offset ? limit ?) order by c.company, c.listed")
                .params(offset, limit)
                .query(row -> {
                    claims.computeIfAbsent(new CompanyId(row.getString("company_id")), company -> new ArrayList<>())
                            .add(claim(row));
                });
        return claims.entrySet().stream()
                .map(company -> new Dispute(company.getKey(), company.getValue()))
                .toList();
    }

    @Override
    public int countDisputes() {
        return jdbc.sql("select count(*) from (" + DISPUTED + ") disputed")
                .query(Integer.class)
                .single();
    }

    @Override
    @Transactional
    public void believe(Client client) {
        // Every row of the company is locked, so whoever decides at the same moment waits; the index allows no two
        // believed at once.
        jdbc.sql("update client set believed = false where company = ?")
                .param(client.companyId().normal())
                .update();
        jdbc.sql("update client set believed = true where id = ?")
                .param(client.id())
                .update();
    }

    private static Claim claim(ResultSet row) throws SQLException {
        return new Claim(
                row.getObject("id", UUID.class),
                row.getString("firm"),
                row.getString("client"),
                admin(row),
                row.getBoolean("believed"));
    }

    private static PrimaryAdmin admin(ResultSet row) throws SQLException {
        return new PrimaryAdmin(row.getString("admin_name"), row.getString("admin_email"));
    }
}

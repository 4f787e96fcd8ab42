package org.billingtakeover.billing.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.IntegrationsShown;
import org.billingtakeover.billing.IntegrationByHand;
import org.billingtakeover.billing.IntegrationByHand.Step;
import org.billingtakeover.billing.IntegrationKey;
import org.billingtakeover.billing.IntegrationPlatform.Order;
import org.billingtakeover.billing.IntegrationsByHand;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** As in {@link JdbcChangesByHand}, each step is one statement. */
@Repository
@Transactional
class JdbcIntegrationsByHand implements IntegrationsByHand {

    private final JdbcClient jdbc;

    JdbcIntegrationsByHand(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<IntegrationByHand> find(IntegrationKey key) {
        return jdbc.sql("select * from integration_by_hand where key = ?")
                .param(key.text())
                .query(JdbcIntegrationsByHand::row)
                .optional();
    }

    @Override
    public boolean add(IntegrationByHand change) {
        Order order = change.order();
        return jdbc.sql("""
                                insert into integration_by_hand (key, company_id, firm_id, status, as_of, step, asked_at)
                                values (?, ?, ?, ?, ?, ?, ?)
                                on conflict do nothing
                                """)
                        .params(
                                order.key().text(),
                                order.companyId().text(),
                                order.firmId().text(),
                                order.status().name(),
                                order.asOf(),
                                change.step().name(),
                                Timestamp.from(change.askedAt()))
                        .update()
                == 1;
    }

    @Override
    public boolean said(IntegrationKey key, String actor) {
        return jdbc.sql("update integration_by_hand set step = 'SET', said_by = ? where key = ? and step = 'TO_SET'")
                        .params(actor, key.text())
                        .update()
                == 1;
    }

    @Override
    public List<IntegrationKey> shown(IntegrationsShown list) {
        return jdbc.sql("""
                        update integration_by_hand i set step = 'SET', shown_on = :asOf
                        from unnest(:companies, :statuses) as shown (company, status)
                        where i.company = shown.company and i.firm_id = :firm and i.status = shown.status and i.as_of <= :asOf
                            and i.step = 'TO_SET'
                        returning i.key
                        """)
                .param("asOf", list.asOf())
                .param("firm", list.firmId().text())
                .param(
                        "companies",
                        list.integrations().stream()
                                .map(each -> each.companyId().normal())
                                .toArray(String[]::new))
                .param(
                        "statuses",
                        list.integrations().stream()
                                .map(each -> each.status().name())
                                .toArray(String[]::new))
                .query((row, number) -> new IntegrationKey(row.getString("key")))
                .list();
    }

    @Override
    public boolean withdrawn(IntegrationKey key) {
        return jdbc.sql("update integration_by_hand set step = 'WITHDRAWN' where key = ? and step = 'TO_SET'")
                        .param(key.text())
                        .update()
                == 1;
    }

    private static IntegrationByHand row(ResultSet row, int number) throws SQLException {
        return new IntegrationByHand(
                new Order(
                        new IntegrationKey(row.getString("key")),
                        new CompanyId(row.getString("company_id")),
                        new FirmId(row.getString("firm_id")),
                        IntegrationStatus.valueOf(row.getString("status")),
                        row.getObject("as_of", LocalDate.class)),
                Step.valueOf(row.getString("step")),
                Optional.ofNullable(row.getString("said_by")),
                Optional.ofNullable(row.getObject("shown_on", LocalDate.class)),
                row.getTimestamp("asked_at").toInstant());
    }
}

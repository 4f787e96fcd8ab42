package org.billingtakeover.billing.ledger;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.billingtakeover.account.PayersImported;
import org.billingtakeover.account.PayersImported.Payers;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes over into the ledger what an account list says of payers. It speaks where the ledger knows nothing, and a firm can
 * correct its own earlier statement; what one firm's list says never ends another firm's period, nor a change that was made.
 */
@Component
class RecordImportedPayers {

    private static final String STATED = """
            with stated as (
                select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::date[])
                    as s(company_id, company, product, payer, firm_id, since))
            """;

    private final JdbcClient jdbc;

    RecordImportedPayers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    @Transactional
    void on(PayersImported imported) {
        List<Stated> stated = lastWords(imported.payers());
        // What the firm said before ends, or never was where it began today. The array has the database look companies
        // up one
        // by one; by products alone, it would read all that is known.
        execute(STATED + """
                        update payer_period p set
                            payer = case when lower(p.days) = s.since then s.payer else p.payer end,
                            days = case when lower(p.days) = s.since then p.days else daterange(lower(p.days), s.since) end
                        from stated s
                        where p.company = any (array(select company from stated)) and p.company = s.company and not p.doubtful and p.product = s.product and p.firm_id = s.firm_id
                            and p.payer <> s.payer and upper_inf(p.days) and p.listed and lower(p.days) <= s.since
                        """, stated);
        // Two firms may state the same company at once: in one order, so that neither waits for the other in turn.
        execute(STATED + """
                        insert into payer_period (company_id, product, payer, firm_id, days, listed)
                        select company_id, product, payer, firm_id, daterange(since, null), true from stated
                        order by company_id, product
                        on conflict do nothing
                        """, stated);
    }

    /** A list may name a client twice; its last word counts. */
    private static List<Stated> lastWords(List<Payers> payers) {
        Map<List<Record>, Payers> last = new TreeMap<>(Comparator.comparing(List::toString));
        for (Payers each : payers) {
            last.put(List.of(each.companyId(), each.firmId()), each);
        }
        List<Stated> stated = new ArrayList<>();
        for (Payers each : last.values()) {
            stated.add(new Stated(each, Product.QUICKBOOKS_ONLINE, each.online()));
            stated.add(new Stated(each, Product.QUICKBOOKS_TIME, each.time()));
        }
        return stated;
    }

    private void execute(String sql, List<Stated> stated) {
        jdbc.sql(sql)
                .param(texts(stated, each -> each.payers().companyId().text()))
                .param(texts(stated, each -> each.payers().companyId().normal()))
                .param(texts(stated, each -> each.product().name()))
                .param(texts(stated, each -> each.payer().name()))
                .param(texts(stated, each -> each.payers().firmId().text()))
                .param(texts(stated, each -> each.payers().since().toString()))
                .update();
    }

    private static String[] texts(List<Stated> stated, java.util.function.Function<Stated, String> text) {
        return stated.stream().map(text).toArray(String[]::new);
    }

    private record Stated(Payers payers, Product product, Payer payer) {}
}

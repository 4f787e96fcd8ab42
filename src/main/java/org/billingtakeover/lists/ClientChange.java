package org.billingtakeover.lists;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Difference;
import org.billingtakeover.kernel.CompanyId;
import org.jspecify.annotations.Nullable;

/**
 * A client of whom a list tells something else than what was known.
 *
 * @param name as the list has it
 * @param differences never empty, in the order of the columns
 */
public record ClientChange(CompanyId listedAs, String name, List<Difference> differences) {

    private static final Map<ListColumn, Function<Account, @Nullable Object>> TOLD = Map.ofEntries(
            Map.entry(ListColumn.COMPANY_ID, account -> account.client().listedAs()),
            Map.entry(ListColumn.COMPANY_NAME, account -> account.client().name()),
            Map.entry(ListColumn.ADMIN_NAME, account -> account.client().admin().name()),
            Map.entry(
                    ListColumn.ADMIN_EMAIL, account -> account.client().admin().email()),
            Map.entry(ListColumn.LANGUAGE, account -> account.client().language()),
            Map.entry(ListColumn.COUNTRY, account -> account.client().country()),
            Map.entry(ListColumn.PROVINCE, account -> account.client().province()),
            Map.entry(ListColumn.TIME_ZONE, account -> account.client().timeZone()),
            Map.entry(ListColumn.CURRENCY, account -> account.client().currency()),
            Map.entry(
                    ListColumn.STOP_DATE,
                    account -> account.client().integration().stopDate()),
            Map.entry(ListColumn.ONLINE_PLAN, account -> account.online().plan()),
            Map.entry(ListColumn.ONLINE_USERS, account -> account.online().users()),
            Map.entry(ListColumn.ONLINE_PAYER, account -> account.online().payer()),
            Map.entry(ListColumn.ONLINE_BILLING_DAY, account -> account.online().billingDay()),
            Map.entry(ListColumn.ONLINE_STATUS, account -> account.online().status()),
            Map.entry(ListColumn.TIME_PLAN, account -> account.time().plan()),
            Map.entry(ListColumn.TIME_USERS, account -> account.time().users()),
            Map.entry(ListColumn.TIME_PAYER, account -> account.time().payer()),
            Map.entry(ListColumn.TIME_CYCLE, account -> account.time().cycle()),
            Map.entry(ListColumn.TIME_RENEWAL_DATE, account -> account.time().renewalDate()),
            Map.entry(ListColumn.TIME_BILLING_DAY, account -> account.time().billingDay()),
            Map.entry(ListColumn.TIME_STATUS, account -> account.time().status()),
            Map.entry(ListColumn.TIME_IN_PAYROLL, account -> account.time().includedInPayroll()));

    public ClientChange {
        differences = List.copyOf(differences);
    }

    static ClientChange of(Account before, Account now) {
        return new ClientChange(
                now.client().listedAs(),
                now.client().name(),
                Stream.of(ListColumn.values())
                        // What the firm has earned is nothing of the client.
                        .filter(TOLD::containsKey)
                        .map(column -> new Difference(column.name(), told(column, before), told(column, now)))
                        .filter(each -> !each.before().equals(each.now()))
                        .toList());
    }

    /** What of the client's subscriptions and taxes differs. */
    List<Difference> ofBilling() {
        return differences.stream()
                .filter(each -> ListColumn.valueOf(each.column()).isOfBilling())
                .toList();
    }

    private static String told(ListColumn column, Account account) {
        return Objects.toString(Objects.requireNonNull(TOLD.get(column)).apply(account), "");
    }
}

package org.billingtakeover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.AddressesOfFirm;
import org.billingtakeover.account.Firm;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.model.FilesOnDisk;
import org.billingtakeover.takeover.EligibilityFacts;
import org.billingtakeover.takeover.EligibilityTable;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.takeover.Moment;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** Rolled back, since other tests share the product. */
@BackOfficeTest
@Transactional
class SampleReasonsTest {

    @Autowired
    private ImportAccountList importList;

    @Autowired
    private Accounts accounts;

    @Autowired
    private EligibilityTable table;

    @Autowired
    private AddressesOfFirm addresses;

    @Autowired
    private Clock clock;

    @Autowired
    private PlatformTransactionManager transactionManager;

    @BeforeEach
    void load() throws IOException {
        SampleTest.firms().forEach(accounts::save);
        new Sample(importList, accounts, clock, transactionManager).load();
    }

    @Test
    void atEachFirmMoreThanADozenClientsCanBeTakenOverAtOnce() throws IOException {
        for (Firm firm : SampleTest.firms()) {
            assertThat(clients(firm))
                    .filteredOn(
                            account -> reasons(account, today(account), false).isEmpty())
                    .hasSizeGreaterThan(12);
        }
    }

    @Test
    void everyReasonOfTheTableStandsAgainstSomeClientAtOnceOrWhenAskedForAtTheDemoDesk() throws IOException {
        Set<String> seen = new TreeSet<>();
        for (Firm firm : SampleTest.firms()) {
            for (Account account : clients(firm)) {
                seen.addAll(reasons(account, today(account), false));
                seen.addAll(reasons(account, today(account), true));
                seen.addAll(reasons(withDeclinedCard(account), today(account), false));
                LocalDate billDate = today(account).withDayOfMonth(1).plusMonths(1);
                seen.addAll(reasons(account, firm.billDay() == 1 ? billDate : billDate.minusDays(1), false));
            }
        }
        // No two of the sample firms list one company.
        seen.add("PRIMARY_ADMIN_DISPUTED");
        // Nothing is in doubt until somebody imports a list.
        seen.addAll(Set.of("PAYER_IN_DOUBT", "COMPANY_IN_DOUBT", "NOT_LISTED"));
        // A monthly plan is never due more than a month ahead; the row waits for platforms with other cycles.
        seen.add("NEXT_PAYMENT_TOO_FAR");
        assertThat(seen).containsExactlyElementsOf(reasonsOfTable());
    }

    private List<Account> clients(Firm firm) {
        return accounts.ofFirm(firm.id(), "", 0, 1000);
    }

    private LocalDate today(Account account) {
        return LocalDate.now(clock.withZone(account.client().timeZone()));
    }

    private List<String> reasons(Account account, LocalDate today, boolean openTakeover) {
        return table
                .reasonsAgainst(new EligibilityFacts(
                        account,
                        Way.FIRM_TAKES_TIME,
                        Moment.OPENING,
                        today,
                        openTakeover,
                        false,
                        addresses.owns(account.firm(), account.client().admin().email()),
                        Optional.empty()))
                .stream()
                .map(Ineligibility::reason)
                .toList();
    }

    private Account withDeclinedCard(Account account) {
        return new Account(account.firm().withPaymentMethod(false), account.client(), account.online(), account.time());
    }

    private static Set<String> reasonsOfTable() {
        List<String> reasons = new ArrayList<>();
        Dmn.readModelFromFile(FilesOnDisk.TABLES_OF_TESTS
                        .resolve("takeover-eligibility.dmn")
                        .toFile())
                .getModelElementsByType(OutputEntry.class)
                .forEach(entry -> reasons.add(entry.getTextContent().strip()));
        return new TreeSet<>(reasons.stream()
                .filter(text -> text.matches("\"[A-Z_]+\""))
                .map(text -> text.replace("\"", ""))
                .toList());
    }
}

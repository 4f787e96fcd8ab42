package org.billingtakeover.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.WithDatabase;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.SamplePrices;
import org.billingtakeover.billing.BillingDates;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.commission.CommissionTerms;
import org.billingtakeover.commission.Commissions;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.lists.ImportAccountList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ClassPathResource;
import org.springframework.transaction.PlatformTransactionManager;

@Tag("slow")
@SpringBootTest(classes = SampleTest.Modules.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class SampleTest {

    /** A day whose followers do not all exist in the month after. */
    private static final Instant NOW = Instant.parse("2026-01-30T15:00:00Z");

    @Autowired
    private Accounts accounts;

    @Autowired
    private Commissions commissions;

    @Autowired
    private Sample sample;

    @BeforeEach
    void load() throws IOException {
        firms().forEach(accounts::save);
        sample.load();
    }

    /** The firms that the demo's settings name. */
    static List<Firm> firms() throws IOException {
        return new Binder(ConfigurationPropertySources.from(
                        new YamlPropertySourceLoader().load("demo", new ClassPathResource("application-demo.yaml"))))
                .bind("back-office.firms", Bindable.listOf(Firm.class))
                .get();
    }

    @Test
    void everyLineOfBothListsIsImportedAndASecondStartChangesNothing() {
        List<Account> first = clients();
        assertThat(first).hasSizeBetween(55, 65);

        sample.load();
        assertThat(clients()).isEqualTo(first);
    }

    @Test
    void bothFirmsHaveClientsInEveryArrangement() {
        assertThat(accounts.firms())
                .hasSize(2)
                .allSatisfy(firm -> assertThat(ofFirm(firm.id()))
                        .extracting(Account::arrangement)
                        .contains(BillingArrangement.values()));
    }

    @Test
    void clientsReadBothLanguagesAndWorkInSeveralProvincesAndOnlyAtAddressesThatNobodyHas() {
        assertThat(clients()).extracting(each -> each.client().language()).contains(Language.values());
        assertThat(clients()).extracting(each -> each.client().province()).contains("QC", "ON", "NB", "BC", "AB", "SK");
        assertThat(clients())
                .extracting(each -> each.client().admin().email())
                .allMatch(email -> email.matches(".+@(example\\.(ca|com)|tremblay\\.example)"))
                .doesNotHaveDuplicates();
    }

    @Test
    void noClientIsBehindItsStopDateOnTheFirstDay() {
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);
        Stream<LocalDate> stopDates = clients().stream()
                .map(Account::client)
                .map(Client::integration)
                .map(integration -> integration.stopDate())
                .filter(Objects::nonNull);
        assertThat(stopDates).isNotEmpty().allSatisfy(date -> assertThat(date).isAfter(today.plusDays(10)));
    }

    @Test
    void eachFirmHasEarnedLessThanAnOrdinaryPayoutNeeds() {
        assertThat(accounts.firms())
                .allSatisfy(firm ->
                        assertThat(commissions.balance(firm.id())).hasValue(Money.of("120.00", firm.currency())));
    }

    @Test
    void noClientsFirstBillingDateIsItsFirmsBillDate() {
        LocalDate today = LocalDate.ofInstant(NOW, ZoneOffset.UTC);

        assertThat(clients())
                .filteredOn(each -> each.time().cycle() == BillingCycle.MONTHLY)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(
                                List.of(BillingDates.next(each.time(), today), BillingDates.next(each.online(), today)))
                        .doesNotContain(BillingDates.next(each.firm().billDay(), today)));
    }

    private List<Account> clients() {
        return accounts.firms().stream()
                .flatMap(firm -> ofFirm(firm.id()).stream())
                .toList();
    }

    private List<Account> ofFirm(FirmId firmId) {
        return accounts.ofFirm(firmId, "", 0, 1000);
    }

    /** What the sample needs of the product. */
    @Import({TestDatabase.class, SamplePrices.class, AccountTest.Others.class})
    @WithDatabase
    @ComponentScan(
            basePackageClasses = {Accounts.class, BillingPlatform.class, ImportAccountList.class, Commissions.class},
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = ".*(Test\\$|\\.web\\.|\\.commandline\\.).*"))
    static class Modules {

        @Bean
        Clock clock() {
            return Clock.fixed(NOW, ZoneOffset.UTC);
        }

        @Bean
        CommissionTerms noTerms() {
            return (currency, on) -> Optional.empty();
        }

        @Bean
        Sample sample(
                ImportAccountList importList,
                Accounts accounts,
                Clock clock,
                PlatformTransactionManager transactionManager) {
            return new Sample(importList, accounts, clock, transactionManager);
        }
    }
}

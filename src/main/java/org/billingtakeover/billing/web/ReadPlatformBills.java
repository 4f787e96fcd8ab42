package org.billingtakeover.billing.web;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.billing.PlatformBills.Heading;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Language;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Asks the platforms for their bills, in no transaction, with the names of those that they are about. */
@Component
class ReadPlatformBills {

    private static final Logger LOG = LoggerFactory.getLogger(ReadPlatformBills.class);

    private final Platforms<BillingPlatform> platforms;
    private final Accounts accounts;

    ReadPlatformBills(Platforms<BillingPlatform> platforms, Accounts accounts) {
        this.platforms = platforms;
        this.accounts = accounts;
    }

    /** The platform does not answer now. */
    static final class NoAnswer extends RuntimeException {

        NoAnswer(RuntimeException cause) {
            super(cause);
        }
    }

    /** @param to the name of whom it is for */
    record Listed(Heading heading, String to) {}

    /**
     * One page of a firm's bills and its clients', newest first; one more than {@code most} if there are older ones.
     *
     * @return empty where the firm's platform tells no bills
     * @throws NoAnswer if it does not answer now
     */
    Optional<List<Listed>> list(Firm firm, Optional<BillNumber> before, int most) {
        return platforms
                .of(firm)
                .bills()
                .map(bills -> named(firm, ask(() -> bills.ofFirm(firm.id(), before, most + 1))));
    }

    private List<Listed> named(Firm firm, List<Heading> headings) {
        Set<CompanyId> companies = new HashSet<>();
        headings.forEach(heading -> heading.party().company().ifPresent(companies::add));
        Map<CompanyId, Account> named = accounts.ofCompanies(firm.id(), companies);
        return headings.stream()
                .map(heading -> new Listed(
                        heading,
                        heading.party()
                                .company()
                                .map(company -> named.containsKey(company)
                                        ? named.get(company).client().name()
                                        : company.text())
                                .orElse(firm.name())))
                .toList();
    }

    /** @throws NoAnswer if a platform that may have made it does not answer now */
    Optional<Bill> bill(BillNumber number) {
        return Arrays.stream(PlatformName.values())
                .flatMap(name -> platforms.named(name).bills().stream())
                .flatMap(bills -> find(bills, number))
                .findFirst();
    }

    private static Stream<Bill> find(PlatformBills bills, BillNumber number) {
        return ask(() -> bills.bill(number)).stream();
    }

    BillSheet sheet(Bill bill, Language language) {
        Firm firm = accounts.firm(bill.party().firmId());
        Set<CompanyId> companies = new HashSet<>();
        bill.party().company().ifPresent(companies::add);
        bill.lines().stream().map(Line::company).forEach(companies::add);
        return BillSheet.of(bill, firm, accounts.ofCompanies(firm.id(), companies), language);
    }

    private static <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            LOG.warn("The billing platform does not tell its bills: {}", e.getMessage());
            throw new NoAnswer(e);
        }
    }
}

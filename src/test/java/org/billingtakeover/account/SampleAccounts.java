package org.billingtakeover.account;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;

/** Accounts for tests: a firm in Montréal and clients on its list, the split one first of all. */
public final class SampleAccounts {

    private static final ZoneId MONTREAL = ZoneId.of("America/Toronto");
    private static final Currency CAD = Currency.getInstance("CAD");

    private SampleAccounts() {}

    public static Firm firm(String id) {
        return new Firm(
                new FirmId(id),
                "Cabinet " + id,
                id.toLowerCase(Locale.ROOT) + "@cabinet.example",
                Language.FR,
                "CA",
                "QC",
                MONTREAL,
                CAD,
                true,
                true,
                15,
                PlatformName.LEDGER);
    }

    /** A client in Montréal whose firm pays QuickBooks Online, and who pays QuickBooks Time itself, monthly on the 20th. */
    public static Account split(Firm firm, String companyId) {
        return account(firm, companyId, Payer.FIRM, Payer.CLIENT);
    }

    /** A client of the firm with these payers and otherwise as {@link #split}. */
    public static Account account(Firm firm, String companyId, Payer online, Payer time) {
        UUID clientId = UUID.randomUUID();
        LocalDate stopDate = online == time ? null : LocalDate.of(2026, 6, 30);
        return new Account(
                firm,
                new Client(
                        clientId,
                        firm.id(),
                        new CompanyId(companyId),
                        new CompanyId(companyId),
                        "Atelier " + companyId,
                        new PrimaryAdmin("Mireille Gagnon", "mireille.gagnon@example.ca"),
                        Language.FR,
                        "CA",
                        "QC",
                        MONTREAL,
                        CAD,
                        new Integration(IntegrationStatus.ACTIVE, stopDate)),
                subscription(clientId, Product.QUICKBOOKS_ONLINE, "PLUS", 1, online, 12),
                subscription(clientId, Product.QUICKBOOKS_TIME, "PREMIUM", 8, time, 20));
    }

    private static Subscription subscription(
            UUID clientId, Product product, String plan, int users, Payer payer, int billingDay) {
        return new Subscription(
                UUID.randomUUID(),
                clientId,
                product,
                plan,
                users,
                payer,
                PriceBasis.of(product, payer),
                BillingCycle.MONTHLY,
                billingDay,
                null,
                false,
                SubscriptionStatus.ACTIVE);
    }
}

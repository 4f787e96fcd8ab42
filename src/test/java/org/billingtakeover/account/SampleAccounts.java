package org.billingtakeover.account;

import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;

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

    /** A firm, client, subscription or account like this one, but for some components: the name of each, and then its value. */
    public static <R extends Record> R like(R sample, @Nullable Object... others) {
        Map<String, @Nullable Object> changed = new HashMap<>();
        for (int i = 0; i < others.length; i += 2) {
            changed.put(String.valueOf(others[i]), others[i + 1]);
        }
        RecordComponent[] components = sample.getClass().getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            @Nullable Object[] values = new @Nullable Object[components.length];
            for (int i = 0; i < components.length; i++) {
                String name = components[i].getName();
                values[i] = changed.containsKey(name)
                        ? changed.remove(name)
                        : components[i].getAccessor().invoke(sample);
            }
            if (!changed.isEmpty()) {
                throw new IllegalArgumentException("No components of " + sample + ": " + changed.keySet());
            }
            @SuppressWarnings("unchecked") // It is the sample's own class.
            R like = (R) sample.getClass().getDeclaredConstructor(types).newInstance(values);
            return like;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
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

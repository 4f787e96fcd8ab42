package org.billingtakeover.lists.csv;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;

/** Words that offices write in French or English, without regard to accents, case, spaces and punctuation. */
final class Words<T> {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern NEITHER_LETTER_NOR_DIGIT = Pattern.compile("[^\\p{L}\\p{N}]+");

    static final Words<Payer> PAYERS = new Words<Payer>()
            .with(Payer.FIRM, "firm", "accounting firm", "accountant", "proadvisor", "wholesale", "wholesale billing")
            .with(Payer.FIRM, "cabinet", "cabinet comptable", "comptable", "facturation groupée")
            .with(Payer.CLIENT, "client", "customer", "company")
            .with(Payer.CLIENT, "cliente", "entreprise");

    static final Words<BillingCycle> CYCLES = new Words<BillingCycle>()
            .with(BillingCycle.MONTHLY, "monthly", "month", "mensuel", "mensuelle", "mensuellement", "mois")
            .with(BillingCycle.ANNUAL, "annual", "annually", "yearly", "year")
            .with(BillingCycle.ANNUAL, "annuel", "annuelle", "annuellement", "an", "année");

    static final Words<SubscriptionStatus> STATUSES = new Words<SubscriptionStatus>()
            .with(SubscriptionStatus.ACTIVE, "active", "subscribed", "current", "actif", "en règle")
            .with(SubscriptionStatus.PAST_DUE, "past due", "overdue", "unpaid")
            .with(SubscriptionStatus.PAST_DUE, "en souffrance", "en retard", "impayé", "impayée")
            .with(SubscriptionStatus.SUSPENDED, "suspended", "on hold", "suspendu", "suspendue")
            .with(SubscriptionStatus.CANCELLED, "cancelled", "canceled", "annulé", "annulée", "résilié", "résiliée");

    static final Words<IntegrationStatus> INTEGRATIONS = new Words<IntegrationStatus>()
            .with(IntegrationStatus.ACTIVE, "active", "on", "turned on", "running", "connected")
            .with(IntegrationStatus.ACTIVE, "activée", "en marche", "connectée", "en fonction")
            .with(IntegrationStatus.STOPPED, "stopped", "off", "turned off", "inactive", "disconnected")
            .with(IntegrationStatus.STOPPED, "interrompue", "arrêtée", "désactivée", "déconnectée");

    static final Words<Boolean> YES_OR_NO = new Words<Boolean>()
            .with(true, "yes", "y", "true", "1", "oui", "o", "vrai", "x")
            .with(false, "no", "n", "false", "0", "non", "faux");

    static final Words<Language> LANGUAGES = new Words<Language>()
            .with(Language.FR, "fr", "fr ca", "fra", "french", "français", "francais canada")
            .with(Language.EN, "en", "en ca", "en us", "eng", "english", "anglais");

    /** Ways to say that a client does not have a product. */
    static final Words<Boolean> NO_PRODUCT = new Words<Boolean>()
            .with(true, "none", "no plan", "not subscribed", "cancelled", "canceled")
            .with(true, "aucun", "aucune", "aucun forfait", "non abonné", "annulé", "annulée", "résilié", "résiliée");

    /** Names of plans that are written in more than one way; any other plan is taken as it stands. */
    static final Words<String> PLANS = new Words<String>()
            .with("Simple Start", "Simple Start", "EasyStart", "Easy Start", "Débutant")
            .with("Essentials", "Essentials", "Essential", "Essentiel", "Essentiels")
            .with("Plus", "Plus")
            .with("Advanced", "Advanced", "Avancé", "Avancée")
            .with("Premium", "Premium", "Time Premium", "QuickBooks Time Premium")
            .with("Elite", "Elite", "Élite", "Time Elite", "QuickBooks Time Elite");

    private final Map<String, T> meanings = new HashMap<>();

    Words<T> with(T meaning, String... words) {
        for (String word : words) {
            meanings.put(plain(word), meaning);
        }
        return this;
    }

    Optional<T> meaning(String word) {
        return Optional.ofNullable(meanings.get(plain(word)));
    }

    /** The text in lower case, without accents, and with single spaces for whatever is neither letter nor digit. */
    static String plain(String text) {
        // As most cells are.
        if (text.chars().allMatch(sign -> sign < 128)) {
            return plainAscii(text);
        }
        String withoutMarks =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return NEITHER_LETTER_NOR_DIGIT
                .matcher(withoutMarks.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip();
    }

    private static String plainAscii(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean behind = false;
        for (int i = 0; i < text.length(); i++) {
            char sign = text.charAt(i);
            if (!Character.isLetterOrDigit(sign)) {
                behind = true;
                continue;
            }
            if (behind && !plain.isEmpty()) {
                plain.append(' ');
            }
            behind = false;
            plain.append(Character.toLowerCase(sign));
        }
        return plain.toString();
    }
}

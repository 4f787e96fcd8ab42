package org.billingtakeover.notification.mail;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;

/** Every letter that a case can bring forth. */
final class SampleLetters {

    static final Currency CAD = Currency.getInstance("CAD");
    static final UUID REQUEST = UUID.fromString("5b0bfa3c-7f0f-4c60-9a44-0f6c7e1f2a10");
    static final FirmId FIRM = new FirmId("F-1");
    static final TakeoverKey KEY = new TakeoverKey("TKO-2026-000042");

    private static final Set<MailKind> WITH_LINK =
            Set.of(MailKind.CONSENT_REQUEST, MailKind.REMINDER, MailKind.LINK_AGAIN, MailKind.OPTION_TWO_OFFERED);

    private static final Set<MailKind> TO_CLIENT_ONLY = Set.of(
            MailKind.CONSENT_REQUEST,
            MailKind.REMINDER,
            MailKind.LINK_AGAIN,
            MailKind.OPTION_TWO_OFFERED,
            MailKind.QUESTION_ENDED);

    private static final Set<MailKind> TO_FIRM_ONLY = Set.of(
            MailKind.COMMISSION_PAID,
            MailKind.PROBLEM,
            MailKind.INVITED,
            MailKind.REVIEW_LAPSES,
            MailKind.ANSWER_EXPIRES,
            MailKind.CHANGE_BY_HAND,
            MailKind.PROVE_CHANGE,
            MailKind.INTEGRATION_BY_HAND,
            MailKind.WRONG_PERSON,
            MailKind.RECONSIDERED);

    private SampleLetters() {}

    /** Each kind to each party that it goes to, in both languages. */
    static List<Letter> all() {
        List<Letter> letters = new ArrayList<>();
        for (MailKind kind : MailKind.values()) {
            for (Payer party : Payer.values()) {
                if ((party == Payer.FIRM ? TO_CLIENT_ONLY : TO_FIRM_ONLY).contains(kind)) {
                    continue;
                }
                for (Language language : Language.values()) {
                    letters.add(letter(kind, party, language));
                }
            }
        }
        for (Language language : Language.values()) {
            letters.add(quarterPaid(language));
            letters.add(with(
                    letter(MailKind.INVITED, Payer.FIRM, language), Map.of("againstFirmsWay", "ONLINE_NOT_WHOLESALE")));
            letters.add(with(
                    letter(MailKind.INVITED, Payer.FIRM, language),
                    Map.of(
                            "firmPaysOnline", false,
                            "againstFirmsWay", "ONLINE_NOT_WHOLESALE",
                            "againstClientsWay", "IN_PAYROLL_PLAN")));
            letters.add(with(letter(MailKind.STOP_COMES, Payer.FIRM, language), Map.of("firmPaysOnline", false)));
            for (MailKind kind : List.of(MailKind.SCHEDULED, MailKind.DECLINED)) {
                letters.add(without(letter(kind, Payer.FIRM, language), "leftMessage"));
            }
            letters.add(without(letter(MailKind.REMINDER, Payer.CLIENT, language), "agreeBy"));
            for (MailKind kind : List.of(MailKind.SCHEDULED, MailKind.CHANGE_COMES, MailKind.DATE_MOVED)) {
                letters.add(with(letter(kind, Payer.FIRM, language), Map.of("byHand", true)));
            }
            for (Payer party : Payer.values()) {
                letters.add(without(letter(MailKind.REFUNDED, party, language), "refundToFirm"));
                letters.add(without(letter(MailKind.REFUNDED, party, language), "refundToClient"));
            }
            letters.add(with(letter(MailKind.PROVE_CHANGE, Payer.FIRM, language), Map.of("billShowsNothing", true)));
            letters.add(with(letter(MailKind.INTEGRATION_BY_HAND, Payer.FIRM, language), Map.of("turnOn", true)));
            for (Payer party : Payer.values()) {
                letters.add(with(
                        letter(MailKind.CHANGE_AT_RISK, party, language),
                        Map.of("problem", "CLIENT_PAST_DUE", "mender", "CLIENT", "firmTakesTime", false)));
                letters.add(with(letter(MailKind.NOT_CHANGED, party, language), Map.of("stillInTime", true)));
                letters.add(without(letter(MailKind.DATE_MOVED, party, language), "missed"));
                letters.add(without(letter(MailKind.WITHDRAWN, party, language), "problem"));
            }
        }
        return letters;
    }

    /** About the firm alone. */
    static Letter quarterPaid(Language language) {
        return new Letter(
                MailKind.COMMISSION_PAID,
                new FirmKey(FIRM),
                Payer.FIRM,
                "Tremblay CPA",
                "facturation@tremblay.example",
                language,
                false,
                Map.of(
                        "firm",
                        "Tremblay CPA",
                        "firmEmail",
                        "facturation@tremblay.example",
                        "amount",
                        money("1234.56"),
                        "earnedUntil",
                        LocalDate.of(2026, 3, 31)),
                null);
    }

    static Letter letter(MailKind kind, Payer party, Language language) {
        boolean firm = party == Payer.FIRM;
        return new Letter(
                kind,
                KEY,
                party,
                firm ? "Tremblay CPA" : "Mireille Gagnon",
                firm ? "facturation@tremblay.example" : "mireille.gagnon@atelier.example",
                language,
                false,
                facts(kind),
                WITH_LINK.contains(kind) ? REQUEST : null);
    }

    private static Map<String, Object> facts(MailKind kind) {
        Map<String, Object> facts = facts();
        switch (kind) {
            case OPTION_TWO_OFFERED -> {
                facts.put("firmTakesTime", false);
                facts.put("clientAfter", money("1234.56"));
                facts.put("clientDifference", money("133.16"));
            }
            case NOT_POSSIBLE -> facts.put("reason", "IN_PAYROLL_PLAN");
            case COMMISSION_PAID -> facts.remove("earnedUntil");
            case INVITED -> facts.remove("caseKey");
            case INTEGRATION_STOPPED -> facts.put("stoppedOn", facts.remove("stopsOn"));
            default -> {}
        }
        return facts;
    }

    /** All the facts that letters carry. */
    static Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("firm", "Tremblay CPA");
        facts.put("firmEmail", "facturation@tremblay.example");
        facts.put("client", "Atelier Boréal");
        facts.put("plan", "PREMIUM");
        facts.put("users", 8);
        facts.put("stopsOn", LocalDate.of(2026, 6, 30));
        facts.put("caseKey", KEY.text());
        facts.put("caseOpen", true);
        facts.put("firmTakesTime", true);
        facts.put("billingDate", LocalDate.of(2026, 4, 1));
        facts.put("cutOffOn", LocalDate.of(2026, 4, 1));
        facts.put("cutOffAt", LocalTime.of(2, 0));
        facts.put("stillInTime", false);
        facts.put("byHand", false);
        facts.put("firmPaysOnline", true);
        facts.put("billShowsNothing", false);
        facts.put("turnOn", false);
        facts.put("missed", LocalDate.of(2026, 3, 1));
        facts.put("reason", "timeCancelled");
        facts.put("problem", "FIRM_PAYMENT_METHOD");
        facts.put("mender", "FIRM");
        facts.put("followingBillingDate", LocalDate.of(2026, 5, 1));
        facts.put("firstBillOn", LocalDate.of(2026, 4, 15));
        facts.put("firstBillTotal", money("187.42"));
        facts.put("someDays", 14);
        facts.put("someOfDays", 31);
        facts.put("someFrom", LocalDate.of(2026, 4, 1));
        facts.put("someTo", LocalDate.of(2026, 4, 14));
        facts.put("wholeFrom", LocalDate.of(2026, 4, 15));
        facts.put("wholeTo", LocalDate.of(2026, 5, 14));
        facts.put("backOn", LocalDate.of(2026, 4, 20));
        facts.put("backTotal", money("42.10"));
        facts.put("backDays", 19);
        facts.put("backOfDays", 30);
        facts.put("backFrom", LocalDate.of(2026, 4, 1));
        facts.put("backTo", LocalDate.of(2026, 4, 19));
        facts.put("wouldChangeOn", LocalDate.of(2026, 4, 1));
        facts.put("agreeBy", LocalDate.of(2026, 3, 15));
        facts.put("leftMessage", true);
        facts.put("quoteNumber", "Q-000007");
        facts.put("firmBefore", money("1234.56"));
        facts.put("firmAfter", money("1312.20"));
        facts.put("firmDifference", money("77.64"));
        facts.put("clientBefore", money("1101.40"));
        facts.put("clientAfter", money("0"));
        facts.put("clientDifference", money("-1101.40"));
        facts.put("firmLeavesSeparate", true);
        facts.put("answerUntil", LocalDate.of(2026, 3, 15));
        facts.put("amount", money("1234.56"));
        facts.put("refundToFirm", money("5.32"));
        facts.put("refundToClient", money("30.18"));
        facts.put("earnedUntil", LocalDate.of(2026, 3, 31));
        facts.put("somebodyElseAnswered", false);
        facts.put("withdrawnBy", "CLIENT");
        facts.put("agreedQuote", "Q-000007");
        facts.put("agreedBy", "Mireille Gagnon");
        facts.put("agreedAs", "Propriétaire");
        facts.put("agreedOn", LocalDate.of(2026, 3, 2));
        facts.put("agreedAt", LocalTime.of(10, 5));
        facts.put("agreedByPhone", false);
        facts.put("lastDay", LocalDate.of(2026, 3, 15));
        facts.put("movedFrom", LocalDate.of(2026, 6, 9));
        facts.put("firmTakesTimeFirmDifference", money("77.64"));
        facts.put("firmTakesTimeClientDifference", money("-1101.40"));
        facts.put("clientTakesOnlineFirmDifference", money("-55.20"));
        facts.put("clientTakesOnlineClientDifference", money("133.16"));
        return facts;
    }

    static Letter with(Letter letter, Map<String, Object> changes) {
        Map<String, Object> facts = new LinkedHashMap<>(letter.facts());
        facts.putAll(changes);
        return withFacts(letter, facts);
    }

    static Letter without(Letter letter, String... names) {
        Map<String, Object> facts = new LinkedHashMap<>(letter.facts());
        facts.keySet().removeAll(Set.of(names));
        return withFacts(letter, facts);
    }

    static Letter to(Letter letter, String name, String email) {
        return new Letter(
                letter.kind(),
                letter.about(),
                letter.party(),
                name,
                email,
                letter.language(),
                letter.frenchFirst(),
                letter.facts(),
                letter.consentRequest());
    }

    static Letter frenchFirst(Letter letter) {
        return new Letter(
                letter.kind(),
                letter.about(),
                letter.party(),
                letter.name(),
                letter.email(),
                letter.language(),
                true,
                letter.facts(),
                letter.consentRequest());
    }

    private static Letter withFacts(Letter letter, Map<String, Object> facts) {
        return new Letter(
                letter.kind(),
                letter.about(),
                letter.party(),
                letter.name(),
                letter.email(),
                letter.language(),
                letter.frenchFirst(),
                facts,
                letter.consentRequest());
    }

    private static Money money(String amount) {
        return Money.of(amount, CAD);
    }
}

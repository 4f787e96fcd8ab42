package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.pricing.Quote;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Writes to firm and client; the words are in the templates of {@code notification}. */
@Component
class TellParties {

    private final Accounts accounts;
    private final PrimaryAdmins admins;
    private final Takeovers takeovers;
    private final Quotes quotes;
    private final ConsentRequests requests;
    private final Mails mails;
    private final CalendarOfDeadlines calendar;

    TellParties(
            Accounts accounts,
            PrimaryAdmins admins,
            Takeovers takeovers,
            Quotes quotes,
            ConsentRequests requests,
            Mails mails,
            CalendarOfDeadlines calendar) {
        this.accounts = accounts;
        this.admins = admins;
        this.takeovers = takeovers;
        this.quotes = quotes;
        this.requests = requests;
        this.mails = mails;
        this.calendar = calendar;
    }

    /** A client that was never asked knows nothing of the case, so nothing is said to it. */
    void both(String key, MailKind kind) {
        firm(key, kind);
        if (!requests.ofTakeover(key).isEmpty()) {
            Account account = accountOf(key);
            mails.post(toClient(kind, key, account, factsOfCase(key, account)));
        }
    }

    private void firm(String key, MailKind kind) {
        Account account = accountOf(key);
        mails.post(toFirm(kind, key, account.firm(), factsOfCase(key, account)));
    }

    /** @param problem the code of what stands in the way; the firm may be the only one who can mend it */
    void problem(String key, String problem) {
        Account account = accountOf(key);
        Map<String, Object> facts = factsOfCase(key, account);
        facts.put("problem", problem);
        mails.post(toFirm(MailKind.PROBLEM, key, account.firm(), facts));
    }

    /** A mail about an open question, with its link. */
    void clientAbout(ConsentRequest request, MailKind kind) {
        Account account = accountOf(request.takeoverKey());
        Map<String, Object> facts = factsOfCase(request.takeoverKey(), account);
        facts.put("answerUntil", request.lastDay());
        mails.post(new Letter(
                kind,
                request.takeoverKey(),
                Payer.CLIENT,
                request.name(),
                request.email(),
                request.language(),
                frenchFirst(account.client()),
                facts,
                request.id()));
    }

    void commissionPaid(String key, Money amount) {
        Account account = accountOf(key);
        Map<String, Object> facts = factsOfCase(key, account);
        facts.put("amount", amount);
        mails.post(toFirm(MailKind.COMMISSION_PAID, key, account.firm(), facts));
    }

    void integrationStopped(String key, UUID clientId) {
        Account account = accounts.account(clientId);
        Map<String, Object> facts =
                takeovers.find(key).map(open -> factsOfCase(key, account)).orElseGet(() -> facts(account));
        mails.post(toFirm(MailKind.INTEGRATION_STOPPED, key, account.firm(), facts));
        mails.post(toClient(MailKind.INTEGRATION_STOPPED, key, account, facts));
    }

    private Account accountOf(String key) {
        return accounts.account(takeovers.takeover(key).clientId());
    }

    private Map<String, Object> factsOfCase(String key, Account account) {
        Map<String, Object> facts = facts(account);
        Takeover takeover = takeovers.takeover(key);
        facts.put("caseKey", key);
        facts.put("caseOpen", takeover.isOpen() && takeover.stage() != Stage.STOPPING);
        facts.put("firmTakesTime", takeover.way() == Way.FIRM_TAKES_TIME);
        put(facts, "billingDate", takeover.billingDate());
        put(facts, "reason", takeover.reason());
        Optional.ofNullable(takeover.quoteNumber()).flatMap(quotes::find).ifPresent(quote -> putCost(facts, quote));
        return facts;
    }

    private Map<String, Object> facts(Account account) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("firm", account.firm().name());
        facts.put("firmEmail", account.firm().email());
        facts.put("client", account.client().name());
        facts.put("plan", account.time().plan());
        facts.put("users", account.time().users());
        putStopDate(facts, account.client());
        return facts;
    }

    /** A stop date that has passed while an agreement kept the integration says nothing any more. */
    private void putStopDate(Map<String, Object> facts, Client client) {
        LocalDate stopDate = client.integration().stopDate();
        if (client.integration().status() == IntegrationStatus.STOPPED) {
            put(facts, "stoppedOn", stopDate == null ? calendar.today(client) : stopDate);
        } else if (stopDate != null && !stopDate.isBefore(calendar.today(client))) {
            facts.put("stopsOn", stopDate);
        }
    }

    private static void putCost(Map<String, Object> facts, Quote quote) {
        facts.put("quoteNumber", quote.number());
        for (Payer payer : Payer.values()) {
            String party = payer == Payer.FIRM ? "firm" : "client";
            facts.put(party + "Before", quote.before(payer));
            facts.put(party + "After", quote.after(payer));
            facts.put(party + "Difference", quote.difference(payer));
        }
    }

    private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
        if (value != null) {
            facts.put(name, value);
        }
    }

    private static Letter toFirm(MailKind kind, String key, Firm firm, Map<String, Object> facts) {
        return new Letter(kind, key, Payer.FIRM, firm.name(), firm.email(), firm.language(), false, facts, null);
    }

    private Letter toClient(MailKind kind, String key, Account account, Map<String, Object> facts) {
        Client client = account.client();
        PrimaryAdmin admin = admins.toAsk(account);
        return new Letter(
                kind,
                key,
                Payer.CLIENT,
                admin.name(),
                admin.email(),
                client.language(),
                frenchFirst(client),
                facts,
                null);
    }

    /** In Québec a client is written to in French first, also one that chose English (S47). */
    private static boolean frenchFirst(Client client) {
        return client.country().equals("CA") && client.province().equals("QC");
    }
}

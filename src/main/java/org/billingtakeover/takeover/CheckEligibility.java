package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;

/** Tells what stands against a take-over, at each moment that its table knows. */
@Component
public class CheckEligibility {

    private static final String PAYS_ALREADY = "PAYS_ALREADY";

    private final EligibilityTable table;
    private final Takeovers takeovers;
    private final CaseFiles files;
    private final PrimaryAdmins admins;
    private final Holds holds;
    private final Clock clock;

    CheckEligibility(
            EligibilityTable table,
            Takeovers takeovers,
            CaseFiles files,
            PrimaryAdmins admins,
            Holds holds,
            Clock clock) {
        this.table = table;
        this.takeovers = takeovers;
        this.files = files;
        this.admins = admins;
        this.holds = holds;
        this.clock = clock;
    }

    /** @return every reason against opening a take-over today; empty where nothing stands in the way */
    public List<Ineligibility> reasonsAgainst(Account account) {
        return reasonsAgainst(account, Way.FIRM_TAKES_TIME);
    }

    /** @return every reason against opening a case today that begins with this way */
    public List<Ineligibility> reasonsAgainst(Account account, Way way) {
        Optional<Takeover> open = takeovers.openOfCompany(account.client().companyId());
        return reasonsAgainst(facts(account, way, Moment.OPENING, today(account), open.isPresent()));
    }

    /** Whether the firm can have the client asked at once whether it pays for both. */
    public boolean isClientsWayOpen(Account account) {
        return reasonsAgainst(account, Way.CLIENT_TAKES_ONLINE).isEmpty()
                && !admins.isDisputed(account)
                && holds.againstAsking(account).isEmpty();
    }

    /** @return every reason against a case's own first step, when the case itself is the open one */
    public List<Ineligibility> reasonsAgainst(TakeoverKey key) {
        return reasonsAgainst(factsOfOwnCase(key));
    }

    /** What the table is asked in a case's own first step. */
    public EligibilityFacts factsOfOwnCase(TakeoverKey key) {
        Account account = files.read(key).account();
        return facts(account, Way.FIRM_TAKES_TIME, Moment.OPENING, today(account), false);
    }

    /** @return every reason against a way of a case today, by the table in force today, whatever the case began with */
    List<Ineligibility> reasonsAgainst(CaseFile file, Way way, Moment moment) {
        Account account = file.account();
        return reasonsAgainst(facts(account, way, moment, today(account), false));
    }

    /** @return every reason against making the change of a case on this billing date */
    List<Ineligibility> reasonsAgainstChange(CaseFile file, LocalDate billingDate) {
        return reasonsAgainst(factsOfChange(file, billingDate));
    }

    /** What the table is asked about making the change of a case on this billing date. */
    EligibilityFacts factsOfChange(CaseFile file, LocalDate billingDate) {
        return facts(file.account(), file.state().way(), Moment.BILLING_DATE, billingDate, false);
    }

    /** Of two payers, the one who would take over may pay for what moves already; no table need say that. */
    List<Ineligibility> reasonsAgainst(EligibilityFacts facts) {
        Account account = facts.account();
        boolean paysAlready = account.arrangement() == BillingArrangement.SPLIT
                && account.subscription(facts.way().moving()).payer()
                        == facts.way().newPayer();
        List<Ineligibility> reasons = new ArrayList<>(table.reasonsAgainst(facts));
        if (paysAlready) {
            reasons.add(new Ineligibility(PAYS_ALREADY, null));
        }
        return List.copyOf(reasons);
    }

    private EligibilityFacts facts(Account account, Way way, Moment moment, LocalDate day, boolean openTakeover) {
        PrimaryAdmin toAsk = admins.toAsk(account);
        return new EligibilityFacts(
                account,
                way,
                moment,
                day,
                openTakeover,
                PrimaryAdmins.isDisputed(account, toAsk),
                holds.isOfFirm(account, toAsk),
                holds.doubtAbout(account));
    }

    private LocalDate today(Account account) {
        return LocalDate.now(clock.withZone(account.client().timeZone()));
    }
}

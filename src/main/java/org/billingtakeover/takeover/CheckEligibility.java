package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;

/** Tells whether a take-over can be opened for a client today, and if not, why. */
@Component
public class CheckEligibility {

    private final EligibilityTable table;
    private final Takeovers takeovers;
    private final CaseFiles files;
    private final PrimaryAdmins admins;
    private final Clock clock;

    CheckEligibility(EligibilityTable table, Takeovers takeovers, CaseFiles files, PrimaryAdmins admins, Clock clock) {
        this.table = table;
        this.takeovers = takeovers;
        this.files = files;
        this.admins = admins;
        this.clock = clock;
    }

    /** @return every reason against it; empty where nothing stands in the way */
    public List<Ineligibility> reasonsAgainst(Account account) {
        Optional<Takeover> open = takeovers.openOfCompany(account.client().companyId());
        return table.reasonsAgainst(facts(account, open.isPresent()));
    }

    /** What the table is asked in a case's own first step, when the case itself is the open one. */
    public EligibilityFacts factsOfOwnCase(TakeoverKey key) {
        return facts(files.read(key).account(), false);
    }

    private EligibilityFacts facts(Account account, boolean openTakeover) {
        return new EligibilityFacts(account, today(account), openTakeover, admins.isDisputed(account));
    }

    private LocalDate today(Account account) {
        return LocalDate.now(clock.withZone(account.client().timeZone()));
    }
}

package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.PrimaryAdmins;
import org.springframework.stereotype.Component;

/** Tells whether a take-over can be opened for a client today, and if not, why. */
@Component
public class CheckEligibility {

    private final EligibilityTable table;
    private final Takeovers takeovers;
    private final PrimaryAdmins admins;
    private final Clock clock;

    CheckEligibility(EligibilityTable table, Takeovers takeovers, PrimaryAdmins admins, Clock clock) {
        this.table = table;
        this.takeovers = takeovers;
        this.admins = admins;
        this.clock = clock;
    }

    /** @return every reason against it; empty where nothing stands in the way */
    public List<Ineligibility> reasonsAgainst(Account account) {
        Optional<Takeover> open = takeovers.openOfCompany(account.client().companyId());
        return table.reasonsAgainst(facts(account, open.isPresent()));
    }

    /** What the table is asked in a case's own first step, when the case itself is the open one. */
    public EligibilityFacts factsOfOwnCase(Account account) {
        return facts(account, false);
    }

    private EligibilityFacts facts(Account account, boolean openTakeover) {
        return new EligibilityFacts(account, today(account), openTakeover, admins.isDisputed(account));
    }

    private LocalDate today(Account account) {
        return LocalDate.now(clock.withZone(account.client().timeZone()));
    }

    /** Reasons as kept with a refused case: codes, each with the date that cures it if there is one. */
    static String written(List<Ineligibility> reasons) {
        List<String> parts = new ArrayList<>();
        for (Ineligibility each : reasons) {
            parts.add(each.possibleFrom() == null ? each.reason() : each.reason() + "@" + each.possibleFrom());
        }
        return String.join(",", parts);
    }

    /** The reasons that {@link #written} wrote. */
    public static List<Ineligibility> read(String written) {
        List<Ineligibility> reasons = new ArrayList<>();
        for (String part : written.split(",", -1)) {
            int at = part.indexOf('@');
            reasons.add(
                    at < 0
                            ? new Ineligibility(part, null)
                            : new Ineligibility(part.substring(0, at), LocalDate.parse(part.substring(at + 1))));
        }
        return reasons;
    }
}

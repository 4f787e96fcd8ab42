package org.billingtakeover.confirmation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFile.Standing;
import org.billingtakeover.takeover.ConsentRequest;
import org.billingtakeover.takeover.Seen;
import org.jspecify.annotations.Nullable;

/** The question that a link leads to, in its case. */
record Asked(CaseFile file, ConsentRequest question, Instant now) {

    Standing standing() {
        return file.standing(question, now);
    }

    Seen seen() {
        return Seen.of(file.takeover());
    }

    boolean mayWithdraw() {
        return file.mayBeWithdrawn(question, now);
    }

    boolean mayReconsider() {
        return file.mayBeReconsidered(question, now);
    }

    boolean mayDisown() {
        return standing() == Standing.OPEN;
    }

    /** Whether the payer may still come to change by this question, or is about to. */
    boolean isOpenOrToCome() {
        return switch (standing()) {
            case OPEN -> true;
            case CONFIRMED ->
                file.takeover().isOpen()
                        && file.state()
                                .billingDate()
                                .filter(file.today(now)::isBefore)
                                .isPresent();
            case DECLINED, EXPIRED, WITHDRAWN, SUPERSEDED, DISOWNED, LAPSED -> false;
        };
    }

    boolean integrationRuns() {
        return file.account().client().integration().status() == IntegrationStatus.ACTIVE;
    }

    /** The day on which two payers stop the integration; empty where none is known, or one has passed without a stop: it says nothing any more. */
    Optional<LocalDate> stopsOn() {
        return Optional.ofNullable(file.account().client().integration().stopDate())
                .filter(date -> integrationRuns() && !date.isBefore(file.today(now)));
    }

    /** Whether a newer question may have taken the place of this one. */
    boolean mayAskForLink() {
        return switch (standing()) {
            case EXPIRED, SUPERSEDED, LAPSED -> file.takeover().isOpen();
            case OPEN, CONFIRMED, DECLINED, WITHDRAWN, DISOWNED -> false;
        };
    }

    /**
     * The language in which the question is shown: the one chosen on the page, or else the client's; in Québec French until another is
     * expressly chosen there (Charter of the French language, section 55).
     */
    Language language(@Nullable String chosen) {
        Client client = file.account().client();
        boolean quebec = client.country().equals("CA") && client.province().equals("QC");
        return Language.ofCode(chosen).orElse(quebec ? Language.FR : question.language());
    }
}

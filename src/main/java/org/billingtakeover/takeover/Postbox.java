package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.account.Firm;
import org.billingtakeover.notification.DailyDigests;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.billingtakeover.notification.Mails;
import org.springframework.stereotype.Component;

/**
 * When a letter leaves. What somebody has decided is told at once; what becomes of a case by itself at night waits for the recipient's
 * morning and is one mail then (S86), and so is everything for a firm that wishes one mail a day.
 */
@Component
class Postbox {

    private static final LocalTime MORNING = LocalTime.of(7, 0);
    /** Their steps are often made by the engine, moments after the person who decided. */
    private static final Set<MailKind> SOMEBODY_DECIDED =
            EnumSet.of(MailKind.CONSENT_REQUEST, MailKind.SCHEDULED, MailKind.DECLINED, MailKind.WITHDRAWN);

    private final Mails mails;
    private final DailyDigests digests;
    private final TakeoverFlow flow;
    private final Clock clock;

    Postbox(Mails mails, DailyDigests digests, TakeoverFlow flow, Clock clock) {
        this.mails = mails;
        this.digests = digests;
        this.flow = flow;
        this.clock = clock;
    }

    UUID toFirm(Letter letter, Firm firm) {
        if (digests.areWishedBy(firm.id())) {
            return nextMorning(letter, firm.timeZone());
        }
        return post(letter, firm.timeZone());
    }

    /** @param zone the client's */
    UUID toClient(Letter letter, ZoneId zone) {
        return post(letter, zone);
    }

    /** Leaves in the next morning there, with whatever else waits for it. */
    UUID nextMorning(Letter letter, ZoneId zone) {
        return mails.postForMorning(letter, nextMorning(zone));
    }

    /** When what is posted now for the next morning there leaves. */
    Instant nextMorning(ZoneId zone) {
        ZonedDateTime now = clock.instant().atZone(zone);
        ZonedDateTime morning = now.with(MORNING);
        return (morning.isAfter(now) ? morning : morning.plusDays(1)).toInstant();
    }

    private UUID post(Letter letter, ZoneId zone) {
        boolean night = clock.instant().atZone(zone).toLocalTime().isBefore(MORNING);
        if (night && flow.isByItself() && !SOMEBODY_DECIDED.contains(letter.kind())) {
            return nextMorning(letter, zone);
        }
        return mails.post(letter);
    }
}

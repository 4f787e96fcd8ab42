package org.billingtakeover.account;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Warns at the start where billing dates of clients would begin at another hour than the newest time zone rules have it. */
@Component
class WarnOfOldZoneRules {

    private static final Logger LOG = LoggerFactory.getLogger(WarnOfOldZoneRules.class);

    private final ZoneRules rules;
    private final Clock clock;

    WarnOfOldZoneRules(ZoneRules rules, Clock clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void warn() {
        rules.differences(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))
                .forEach((zone, day) -> LOG.warn(
                        "Days in {} begin at another hour here than in the database, from {} on: one of the two has old time zone rules."
                                + " Renew the Java runtime, or the database, as the operator's page says.",
                        zone,
                        day));
    }
}

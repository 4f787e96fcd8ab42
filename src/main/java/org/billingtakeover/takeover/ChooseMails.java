package org.billingtakeover.takeover;

import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.notification.DailyDigests;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A firm says whether it wishes one mail a day instead of one for each thing that happens. */
@Component
public class ChooseMails {

    private final DailyDigests digests;
    private final ApplicationEventPublisher publisher;

    ChooseMails(DailyDigests digests, ApplicationEventPublisher publisher) {
        this.digests = digests;
        this.publisher = publisher;
    }

    /** What the firm has wished already changes nothing. */
    @Transactional
    public void choose(FirmId firm, boolean daily, String actor) {
        if (digests.areWishedBy(firm) != daily) {
            digests.wish(firm, daily);
            publisher.publishEvent(new Chosen(firm, daily, actor));
        }
    }

    /** Published in the transaction that keeps it. */
    public record Chosen(FirmId firmId, boolean daily, String actor) {}
}

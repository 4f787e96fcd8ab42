package org.billingtakeover.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The mails that wait, and their way to the mail server. */
public interface Outbox {

    /**
     * Hands every mail that is due to the mail server, in the order in which they were posted, and tells what became of each. Mails
     * that another node has in hand are left to it; none leaves while there is {@link MoreUrgent more urgent work}.
     *
     * @throws MailServerDown if there is no mail server to talk to; the mails go on waiting
     */
    void drain();

    Waiting waiting();

    /** When the next mail about a case leaves that waits for its recipient's morning. */
    Optional<Instant> nextMorning();

    /**
     * What has not reached the mail server.
     *
     * @param mails how many, those that a process delivers included
     * @param oldest how long the one has waited that was posted first; none where nothing waits
     */
    record Waiting(long mails, Duration oldest) {}
}

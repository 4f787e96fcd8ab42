package org.billingtakeover.takeover;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.billingtakeover.kernel.Payer;

/** Which mail told whom of which stop date. */
public interface StopNotices {

    void add(UUID client, Posted notice);

    /** What was told counts no more. */
    void forget(UUID client);

    /** All of a client, the earliest stop date first. */
    List<Posted> of(UUID client);

    /**
     * @param party who was written to
     * @param stopDate the local date of the client that the mail names
     */
    record Posted(Payer party, LocalDate stopDate, UUID mail) {}
}

package org.billingtakeover.retention;

import java.time.Instant;
import java.util.List;

/** What the product's own tables say of people, case by case. */
public interface OldRecords {

    /**
     * Keys of cases that were closed before this instant and still say something of people, those closed first before others; also keys
     * under which a client without a case was written to, when the last mail is as old. At most {@code limit}.
     */
    List<String> closedBefore(Instant instant, int limit);

    /**
     * Forgets whom the case asked and wrote to, what they answered and from where; codes, days and amounts stay.
     *
     * @throws IllegalStateException if the case was not closed before {@code closedBefore}, whoever says that it was
     */
    Erased erase(String key, Instant closedBefore, Instant now);

    record Erased(int mails, int questions) {}
}

package org.billingtakeover.retention;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.Subject;

/** What the product's own tables say of people, case by case. */
public interface OldRecords {

    /**
     * Cases that were closed before this instant and still say something of people, those closed first before others; also clients
     * without a case, and firms, who were written to, when the last mail is as old. At most {@code limit}.
     */
    List<Subject> closedBefore(Instant instant, int limit);

    /**
     * Forgets whom the case asked and wrote to, what they answered and from where; codes, days and amounts stay.
     *
     * @return empty if another node has done so meanwhile
     * @throws IllegalStateException if the case was not closed before {@code closedBefore}, whoever says that it was
     */
    Optional<Erased> erase(Subject subject, Instant closedBefore, Instant now);

    record Erased(int mails, int questions) {}
}

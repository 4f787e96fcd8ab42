package org.billingtakeover.billing;

import java.time.Instant;
import java.util.Optional;

/** What the platform that is built in does at its own hour, whether anybody asks or not. */
public interface BillsDue {

    /** Makes the changes and the bills that are due by now. */
    void make();

    /** When the next bills are due; empty where nobody is billed here. */
    Optional<Instant> next();
}

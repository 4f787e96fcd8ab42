package org.billingtakeover.notification;

import org.billingtakeover.kernel.FirmId;

/** Which firms wish one mail a day, in the morning, instead of one for each thing that happens. */
public interface DailyDigests {

    boolean areWishedBy(FirmId firm);

    /** From now on; what waits for a morning leaves in it. */
    void wish(FirmId firm, boolean wished);
}

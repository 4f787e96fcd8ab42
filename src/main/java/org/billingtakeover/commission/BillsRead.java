package org.billingtakeover.commission;

import java.util.Optional;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillNumber;

/** Up to which of the bills of each platform the commissions are counted. */
public interface BillsRead {

    /** Empty where none was read. */
    Optional<BillNumber> last(PlatformName platform);

    /**
     * From now on up to a later one.
     *
     * @param last up to which they were read
     * @return false if somebody else has read on meanwhile
     */
    boolean to(PlatformName platform, Optional<BillNumber> last, BillNumber now);
}

package org.billingtakeover.billing;

import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.kernel.FirmId;

/** Lets whoever tries the product have the embedded platform refuse what a firm's clients have agreed to. */
public interface PlatformDesk {

    void refuse(FirmId firm, Rejection reason);

    void refuseNoMore(FirmId firm);

    Optional<Rejection> refusal(FirmId firm);
}

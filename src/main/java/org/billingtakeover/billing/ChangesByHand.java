package org.billingtakeover.billing;

import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.ChangeByHand.Proof;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;

/**
 * The stored changes that firms make by hand, and what may become of each. What is not possible as one stands is answered with
 * {@code false}, and nothing has changed.
 */
public interface ChangesByHand {

    Optional<ChangeByHand> find(BookingKey key);

    /** The change of a company's product that waits for a proof. */
    Optional<ChangeByHand> awaited(CompanyId companyId, Product product);

    /** Keeps a new one; false if it is known, or another change of the same subscription is under way. */
    boolean add(ChangeByHand change);

    /** The firm says that it has made it. */
    boolean made(BookingKey key);

    /** It is not made. */
    boolean lapsed(BookingKey key, Rejection reason);

    /** It is shown to be effective as ordered; a proof from before that day shows nothing. */
    boolean proved(BookingKey key, Proof proof);

    /** It is no longer wanted: at once, unless the firm has made it already and has to take it back. */
    boolean withdrawn(BookingKey key);

    /** The firm says that it has taken back what it had made. */
    boolean takenBack(BookingKey key);
}

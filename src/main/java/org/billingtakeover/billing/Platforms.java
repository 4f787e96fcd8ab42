package org.billingtakeover.billing;

import java.util.Map;
import java.util.Objects;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;

/** The platforms, by where a firm's changes are made. */
public final class Platforms {

    private final Map<PlatformName, BillingPlatform> platforms;

    /** @param platforms one for each name */
    public Platforms(Map<PlatformName, BillingPlatform> platforms) {
        this.platforms = Map.copyOf(platforms);
    }

    /** Where new changes of this firm are made. */
    public BillingPlatform of(Firm firm) {
        return named(firm.platform());
    }

    /** Where what is booked was booked. */
    public BillingPlatform named(PlatformName name) {
        return Objects.requireNonNull(platforms.get(name), name.name());
    }
}

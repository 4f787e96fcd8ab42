package org.billingtakeover.billing;

import java.util.Map;
import java.util.Objects;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;

/**
 * What is asked of platforms, by where a firm's changes are made.
 *
 * @param <P> the port
 */
public final class Platforms<P> {

    private final Map<PlatformName, P> platforms;

    /** @param platforms one for each name */
    public Platforms(Map<PlatformName, P> platforms) {
        this.platforms = Map.copyOf(platforms);
    }

    /** Where new changes of this firm are made. */
    public P of(Firm firm) {
        return named(firm.platform());
    }

    /** Where what is booked was booked. */
    public P named(PlatformName name) {
        return Objects.requireNonNull(platforms.get(name), name.name());
    }
}

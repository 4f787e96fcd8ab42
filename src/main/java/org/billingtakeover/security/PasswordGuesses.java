package org.billingtakeover.security;

import java.time.Duration;
import java.util.Locale;
import org.billingtakeover.limits.Allowance;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Whoever guesses passwords waits, and nobody else does: wrong ones count for the user name and the address that they come from, so that
 * nobody is kept out by another's guesses, and for the address alone, whatever names it tries.
 */
@Component
class PasswordGuesses {

    static final int OF_ONE_NAME = 10;

    /** An office shares an address. */
    static final int OF_ONE_ADDRESS = 100;

    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final Allowance byName = new Allowance(OF_ONE_NAME, WITHIN);
    private final Allowance byAddress = new Allowance(OF_ONE_ADDRESS, WITHIN);

    /** Whether whoever sends the present request has to wait before another password for this name. */
    boolean mustWait(String id) {
        return !byName.waitOf(source(id)).isZero()
                || !byAddress.waitOf(address()).isZero();
    }

    /** Counts a password before it is known whether it is right: many may come at once. */
    boolean take(String id) {
        return byAddress.take(address()).isZero() && byName.take(source(id)).isZero();
    }

    /** The password that was counted last was right. */
    void right(String id) {
        byAddress.giveBack(address());
        byName.forget(source(id));
    }

    private static String source(String id) {
        return address() + ' ' + id.toLowerCase(Locale.ROOT);
    }

    private static String address() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes web
                ? Allowance.network(web.getRequest().getRemoteAddr())
                : "";
    }
}

package org.billingtakeover.security;

import java.time.Duration;
import java.util.Locale;
import org.billingtakeover.limits.Allowance;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/**
 * Local accounts: the engine keeps them and checks the password. Whoever guesses waits, and nobody else does: wrong attempts count for
 * the user name and the address that they come from, so that nobody is kept out by another's guesses.
 */
@Component
class SignInByEngine implements AuthenticationProvider {

    private static final int WRONG_ATTEMPTS = 10;
    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final StaffAccounts accounts;
    private final Allowance wrongAttempts = new Allowance(WRONG_ATTEMPTS, WITHIN);

    SignInByEngine(StaffAccounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String id = attempt.getName();
        String source = address(attempt) + ' ' + id.toLowerCase(Locale.ROOT);
        if (!wrongAttempts.take(source).isZero()) {
            throw new LockedException("Too many wrong attempts.");
        }
        if (!accounts.isPassword(id, String.valueOf(attempt.getCredentials()))) {
            throw new BadCredentialsException("User name or password is wrong.");
        }
        wrongAttempts.forget(source);
        return accounts.signedIn(id).orElseThrow(() -> new BadCredentialsException("User name or password is wrong."));
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }

    private static String address(Authentication attempt) {
        return attempt.getDetails() instanceof WebAuthenticationDetails web
                ? Allowance.network(web.getRemoteAddress())
                : "";
    }
}

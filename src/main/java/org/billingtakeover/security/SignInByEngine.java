package org.billingtakeover.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/** Local accounts: the engine keeps them and checks the password, guarded by {@link GuardedPasswords}. */
@Component
class SignInByEngine implements AuthenticationProvider {

    private final StaffAccounts accounts;
    private final PasswordGuesses guesses;

    SignInByEngine(StaffAccounts accounts, PasswordGuesses guesses) {
        this.accounts = accounts;
        this.guesses = guesses;
    }

    @Override
    public Authentication authenticate(Authentication attempt) {
        String id = attempt.getName();
        if (guesses.mustWait(id)) {
            throw new LockedException("Too many wrong attempts.");
        }
        if (!accounts.isPassword(id, String.valueOf(attempt.getCredentials()))) {
            throw new BadCredentialsException("User name or password is wrong.");
        }
        return accounts.signedIn(id).orElseThrow(() -> new BadCredentialsException("User name or password is wrong."));
    }

    @Override
    public boolean supports(Class<?> attempt) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
    }
}

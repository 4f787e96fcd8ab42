package org.billingtakeover.security;

import java.util.Date;
import org.camunda.bpm.engine.impl.IdentityServiceImpl;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The one place where a password is compared, at signing in and where people set their own anew: it counts as a guess unless it is right,
 * and costs the same whether there is such an account or not.
 */
final class GuardedPasswords extends IdentityServiceImpl {

    private final PasswordGuesses guesses;

    private GuardedPasswords(PasswordGuesses guesses) {
        this.guesses = guesses;
    }

    @Override
    public boolean checkPassword(@Nullable String id, @Nullable String password) {
        if (id == null || password == null || !guesses.take(id)) {
            return false;
        }
        boolean right = super.checkPassword(id, password);
        if (right) {
            guesses.right(id);
        } else {
            commandExecutor.execute(context -> hashUnlessCompared(context, id, password));
        }
        return right;
    }

    /** The engine hashes only what it can compare. */
    private static boolean hashUnlessCompared(CommandContext context, String id, String password) {
        UserEntity user = context.getDbEntityManager().selectById(UserEntity.class, id);
        Date locked = user == null ? null : user.getLockExpirationTime();
        boolean compared = user != null && (locked == null || !locked.after(ClockUtil.getCurrentTime()));
        if (!compared) {
            context.getProcessEngineConfiguration().getPasswordManager().encrypt(password);
        }
        return compared;
    }

    /** Puts it into the engine. */
    @Component
    static class InEngine extends AbstractProcessEnginePlugin {

        private final PasswordGuesses guesses;

        InEngine(PasswordGuesses guesses) {
            this.guesses = guesses;
        }

        @Override
        public void preInit(ProcessEngineConfigurationImpl configuration) {
            configuration.setIdentityService(new GuardedPasswords(guesses));
        }
    }
}

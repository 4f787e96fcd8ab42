package org.billingtakeover.takeover;

import java.time.Instant;
import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.TakeoverKey;

/**
 * One case: whom it is about, and where it stands.
 *
 * @param openedBy the user who asked for it
 */
public record Takeover(
        TakeoverKey key,
        FirmId firmId,
        UUID clientId,
        CompanyId companyId,
        String openedBy,
        Instant openedAt,
        State state) {

    static Takeover requested(TakeoverKey key, Account account, String actor, Instant now) {
        return new Takeover(
                key,
                account.firm().id(),
                account.client().id(),
                account.client().companyId(),
                actor,
                now,
                new State.Requested());
    }

    Takeover in(State next) {
        return new Takeover(key, firmId, clientId, companyId, openedBy, openedAt, next);
    }

    public boolean isOpen() {
        return state.stage() != Stage.CLOSED;
    }
}

package org.billingtakeover.account;

import java.util.List;

/** Which primary admin of a company is asked and told, where several firms list it and may name different ones. */
public interface PrimaryAdmins {

    /** The one named by the firm that listed this company first, whoever lists it later, unless another firm is believed. */
    PrimaryAdmin toAsk(Account account);

    /** Whether the firm that is believed about this company names the primary admin by another address than this account. */
    default boolean isDisputed(Account account) {
        return isDisputed(account, toAsk(account));
    }

    /** @param toAsk who is to be asked about this account */
    static boolean isDisputed(Account account, PrimaryAdmin toAsk) {
        return !toAsk.email().equalsIgnoreCase(account.client().admin().email());
    }

    /** One page of the companies for which firms name primary admins with different addresses, by company id. */
    List<Dispute> disputes(int offset, int limit);

    int countDisputes();

    /** From now on this client's firm is believed about the company's primary admin, and no other firm. */
    void believe(Client client);
}

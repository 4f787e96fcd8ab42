package org.billingtakeover.takeover;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.TakeoverKey;

/** The stored cases. */
public interface Takeovers {

    default Optional<Takeover> find(TakeoverKey key) {
        return find(List.of(key)).stream().findFirst();
    }

    /** @throws java.util.NoSuchElementException if there is no such case */
    default Takeover takeover(TakeoverKey key) {
        return find(key).orElseThrow();
    }

    /** Those of these cases that there are, in the order of their keys. */
    List<Takeover> find(Collection<TakeoverKey> keys);

    /** The one open case of a company, whichever firm it belongs to. */
    Optional<Takeover> openOfCompany(CompanyId companyId);

    /** All cases of a client, newest first. */
    List<Takeover> ofClient(UUID clientId);

    /** The clients of a firm that have an open case. */
    Set<UUID> clientsWithOpenCase(FirmId firmId);

    /** The clients of a firm whose company has agreed on a change that is still to be made, whichever firm's case that is. */
    Set<UUID> clientsThatAgreed(FirmId firmId);

    /** Keeps a new case, unless its company has an open one already. */
    boolean addIfNoneOpen(Takeover takeover);

    /** The next case key of this year. */
    TakeoverKey nextKey(int year);

    /** Brings what is stored of a case's state up to date. */
    void update(Takeover takeover);

    /**
     * Keeps the rows of these cases locked until the transaction ends, so that two who act on a case take turns; in the order of their keys, so
     * that nobody waits for somebody who waits for them.
     */
    List<Takeover> lock(Collection<TakeoverKey> keys);

    /**
     * Likewise for one.
     *
     * @throws java.util.NoSuchElementException if there is no such case
     */
    default Takeover lock(TakeoverKey key) {
        return lock(List.of(key)).stream().findFirst().orElseThrow();
    }

    /** Likewise for all open cases of these companies, whichever firms they belong to. */
    void lockOpenOf(Collection<CompanyId> companies);
}

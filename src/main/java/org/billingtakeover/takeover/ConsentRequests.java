package org.billingtakeover.takeover;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.TakeoverKey;

/** The stored questions to clients and their answers. */
public interface ConsentRequests {

    Optional<ConsentRequest> find(UUID id);

    /** All questions of these cases, oldest first. */
    List<ConsentRequest> of(Collection<TakeoverKey> takeovers);

    /** All questions of a case, oldest first. */
    default List<ConsentRequest> of(TakeoverKey takeover) {
        return of(List.of(takeover));
    }

    /** The open questions to whoever reads this address, compared without case. */
    List<ConsentRequest> openTo(String email);

    /** Whether whoever reads this address has said of a question to this client that they are not the person to ask. */
    boolean isDisowned(UUID client, String email);

    /** Cases whose question was open when this version came, and has not been looked at since. */
    List<TakeoverKey> casesOfEarlierVersions();

    /** The question of that case need not be looked at again. */
    void lookedAt(TakeoverKey takeover);

    void add(ConsentRequest request);

    void update(ConsentRequest request);
}

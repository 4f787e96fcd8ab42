package org.billingtakeover.takeover;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The stored questions to clients and their answers. */
public interface ConsentRequests {

    Optional<ConsentRequest> find(UUID id);

    /** The question of this case that waits for an answer. */
    Optional<ConsentRequest> openOf(String takeoverKey);

    /** All questions of a case, oldest first. */
    List<ConsentRequest> ofTakeover(String takeoverKey);

    void add(ConsentRequest request);

    void update(ConsentRequest request);

    /** A request was kept or has changed; published in the transaction that does it. */
    record RequestKept(ConsentRequest request) {}
}

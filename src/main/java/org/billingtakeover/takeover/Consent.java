package org.billingtakeover.takeover;

import java.util.List;
import java.util.Optional;

/** The client's yes to one offer: the proof without which no change is scheduled and no payer changes. */
public record Consent(ConsentRequest request) {

    /** @throws IllegalArgumentException if the question was not answered with a yes */
    public Consent {
        ConsentRequest.Answer answer = request.answer();
        if (request.status() != ConsentRequest.Status.CONFIRMED || answer == null || !answer.confirmed()) {
            throw new IllegalArgumentException("A question that was not answered with a yes proves no consent.");
        }
    }

    /** The yes to this very offer among a case's questions. */
    static Optional<Consent> to(Offer offer, List<ConsentRequest> questions) {
        return questions.stream()
                .filter(question -> question.status() == ConsentRequest.Status.CONFIRMED && question.isAbout(offer))
                .reduce((earlier, later) -> later)
                .map(Consent::new);
    }

    boolean covers(Offer offer) {
        return request.isAbout(offer);
    }
}

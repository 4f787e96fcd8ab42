package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sends the link of an open question once more: whoever asks for it, to the address that was asked and to no other, and not more often
 * than {@value #MOST_IN_A_DAY} times in 24 hours.
 */
@Component
public class SendLinkAgain {

    static final int MOST_IN_A_DAY = 3;

    private static final Duration DAY = Duration.ofDays(1);
    private static final String SENT = Happening.code(Happening.LinkSentAgain.class);

    private final CaseFiles files;
    private final ConsentRequests questions;
    private final CaseEvents events;
    private final Holds holds;
    private final TellParties tell;
    private final Clock clock;

    SendLinkAgain(
            CaseFiles files, ConsentRequests questions, CaseEvents events, Holds holds, TellParties tell, Clock clock) {
        this.files = files;
        this.questions = questions;
        this.events = events;
        this.holds = holds;
        this.tell = tell;
        this.clock = clock;
    }

    /**
     * Somebody on our side asks for it.
     *
     * @throws Refusal {@code nothingToSend}, {@code sentOften}, or the code of what holds the client; nothing was sent
     */
    @Transactional
    public void byStaff(TakeoverKey key, String actor) {
        CaseFile file = files.lock(key);
        ConsentRequest question = open(file).orElseThrow(() -> new Refusal("nothingToSend"));
        holds.againstAsking(file.account()).ifPresent(code -> {
            throw new Refusal(code);
        });
        if (!maySend(key)) {
            throw new Refusal("sentOften", MOST_IN_A_DAY);
        }
        send(file, question, actor);
    }

    /** Somebody holds a link, which may be dead: the case's open question goes to whom it was put. Says nothing of what became of it. */
    @Transactional
    public void forHolderOf(UUID question) {
        questions.find(question).ifPresent(held -> sendQuietly(held.takeover()));
    }

    /** Somebody says that this is their address. Says nothing of whether it is, nor of what became of it. */
    @Transactional
    public void forReaderOf(String email) {
        questions.openTo(email).stream()
                .map(ConsentRequest::takeover)
                .sorted((one, other) -> one.text().compareTo(other.text()))
                .forEach(this::sendQuietly);
    }

    private void sendQuietly(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (holds.againstAsking(file.account()).isEmpty() && maySend(key)) {
            open(file).ifPresent(question -> send(file, question, Actors.CLIENT));
        }
    }

    private Optional<ConsentRequest> open(CaseFile file) {
        return file.openQuestion()
                .filter(question -> file.standing(question, clock.instant()) == CaseFile.Standing.OPEN);
    }

    private boolean maySend(TakeoverKey key) {
        Instant since = clock.instant().minus(DAY);
        return events.of(key).stream()
                        .filter(event -> event.what().equals(SENT) && event.at().isAfter(since))
                        .count()
                < MOST_IN_A_DAY;
    }

    private void send(CaseFile file, ConsentRequest question, String actor) {
        files.turn(file, actor, new Verdict.Allowed(file.state(), List.of(new Happening.LinkSentAgain(question))));
        tell.clientAbout(file, question, MailKind.LINK_AGAIN);
    }
}

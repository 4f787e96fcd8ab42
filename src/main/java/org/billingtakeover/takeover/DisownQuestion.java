package org.billingtakeover.takeover;

import java.time.Clock;
import java.util.UUID;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.notification.MailKind;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Whoever reads a question says that they are not the client's primary admin. The question ends without an answer, its link with it;
 * the firm is told, billing operations have the case, and nobody is asked until another address is named.
 */
@Component
public class DisownQuestion {

    private final CaseFiles files;
    private final ConsentRequests questions;
    private final TakeoverFlow flow;
    private final TellParties tell;
    private final Clock clock;

    DisownQuestion(CaseFiles files, ConsentRequests questions, TakeoverFlow flow, TellParties tell, Clock clock) {
        this.files = files;
        this.questions = questions;
        this.flow = flow;
        this.tell = tell;
        this.clock = clock;
    }

    /** @throws Refusal as {@link AnswerRequest#answer}, if the question is open no more; nothing changed */
    @Transactional
    public void run(UUID question) {
        CaseFile file = files.lock(questions.find(question).orElseThrow().takeover());
        file.refuseUnlessOpen(file.question(question), clock.instant());
        CaseFile toBeAsked = files.turn(
                file,
                Actors.CLIENT,
                file.ask(
                                State.Asking.class,
                                "alreadyDecided",
                                asking -> asking.askedTheWrongPerson(file.question(question)))
                        .orRefuse());
        tell.firm(toBeAsked, MailKind.WRONG_PERSON);
        flow.putBack(toBeAsked);
    }
}

package org.billingtakeover.takeover;

import org.billingtakeover.kernel.TakeoverKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Looks once at each question that was open when this version came: whether the firm itself was asked, and when to remind. */
@Component
class QuestionsOfEarlierVersions {

    private static final Logger LOG = LoggerFactory.getLogger(QuestionsOfEarlierVersions.class);

    private final ConsentRequests questions;
    private final EndQuestionsToFirms toFirms;
    private final KeepDaysOfQuestions days;
    private final TransactionTemplate transactions;

    QuestionsOfEarlierVersions(
            ConsentRequests questions,
            EndQuestionsToFirms toFirms,
            KeepDaysOfQuestions days,
            PlatformTransactionManager transactionManager) {
        this.questions = questions;
        this.toFirms = toFirms;
        this.days = days;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /** Each case in a transaction of its own; one that fails stays as it is until the next start. */
    @EventListener(ApplicationReadyEvent.class)
    void lookAtAll() {
        for (TakeoverKey key : questions.casesOfEarlierVersions()) {
            try {
                transactions.executeWithoutResult(status -> {
                    toFirms.endIfFirmIsAsked(key);
                    days.keep(key);
                    questions.lookedAt(key);
                });
            } catch (RuntimeException e) {
                // The database's own message quotes the row, which is personal data.
                LOG.warn(
                        "The question of {} stays as it is and is looked at again at the next start: {}",
                        key.text(),
                        e.getClass().getName());
            }
        }
    }
}

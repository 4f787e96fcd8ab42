package org.billingtakeover.takeover;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.springframework.stereotype.Component;

/**
 * A question keeps its deadline and its reminders, whatever becomes of the table of deadlines. Questions that an earlier version left open
 * get their reminders from the table that is in force at the upgrade; their last day was told to the client, and stays.
 */
@Component
class KeepDaysOfQuestions {

    private final CaseFiles files;
    private final CalendarOfDeadlines calendar;
    private final TakeoverFlow flow;
    private final Clock clock;

    KeepDaysOfQuestions(CaseFiles files, CalendarOfDeadlines calendar, TakeoverFlow flow, Clock clock) {
        this.files = files;
        this.calendar = calendar;
        this.flow = flow;
        this.clock = clock;
    }

    void keep(TakeoverKey key) {
        CaseFile file = files.lock(key);
        if (file.state() instanceof State.Asking asking) {
            file.openQuestion().ifPresent(question -> {
                ZoneId zone = file.account().client().timeZone();
                List<Instant> toCome = toCome(asking, question, zone);
                // On the same days the case goes on as it is: its hours come from the database, whose time zone rules
                // may be others.
                if (!days(toCome, zone).equals(days(asking.reminders(), zone))) {
                    flow.putBack(files.turn(
                            file, Actors.SYSTEM, asking.remindersAre(toCome).orRefuse()));
                }
            });
        }
    }

    /** What has come while the product was down is still to be sent. */
    private List<Instant> toCome(State.Asking asking, ConsentRequest question, ZoneId zone) {
        Instant now = clock.instant();
        return Stream.concat(
                        asking.reminders().stream().filter(at -> !at.isAfter(now)),
                        calendar.reminders(LocalDate.ofInstant(question.askedAt(), zone), zone).stream()
                                .filter(at -> at.isAfter(now) && at.isBefore(asking.answerDue())))
                .toList();
    }

    private static List<LocalDate> days(List<Instant> reminders, ZoneId zone) {
        return reminders.stream().map(at -> LocalDate.ofInstant(at, zone)).toList();
    }
}

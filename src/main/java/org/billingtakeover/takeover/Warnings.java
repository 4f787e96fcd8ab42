package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.kernel.TakeoverKey;

/** Open cases in which something comes that somebody can still do something about, and who was warned of what. */
public interface Warnings {

    /** Open cases in this stage whose time comes by then and about which nothing of this kind was said yet, the most urgent first. */
    List<TakeoverKey> due(Kind kind, Stage stage, Instant now, Instant until, int most);

    /** Cases in trouble whose billing date is over by the client's clock, of which that was not said yet. */
    List<TakeoverKey> passed(Instant now, int most);

    boolean isNew(TakeoverKey takeover, Kind kind, LocalDate about);

    /** Once for each case, kind and day. */
    void said(TakeoverKey takeover, Kind kind, LocalDate about);

    /** What is said, about the UTC day of what comes; looking ahead, about the UTC day on which that is done; afterwards, about the billing date. */
    enum Kind {
        REVIEW_LAPSES,
        ANSWER_EXPIRES,
        CHANGE_COMES,
        LOOKED_AHEAD,
        CHANGE_AT_RISK,
        DATE_PASSED
    }
}

package org.billingtakeover.account;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;

/**
 * When days begin in a time zone, by the rules of this Java platform and by those of the database. They differ where a country has changed
 * its clocks and one of the two has not been renewed since; then a billing date would begin an hour early or late.
 */
public interface ZoneRules {

    /** Whether both know the same beginning of a local date. */
    boolean agree(ZoneId zone, LocalDate day);

    /** The zones of clients of which both do not know the same for all days of a year from this one on, each with the first such day. */
    Map<ZoneId, LocalDate> differences(LocalDate from);
}

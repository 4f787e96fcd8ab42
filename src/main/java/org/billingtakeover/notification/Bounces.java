package org.billingtakeover.notification;

import java.io.InputStream;

/** Mails that were accepted and came back. */
public interface Bounces {

    /**
     * Takes a delivery status report (RFC 3464). What it says of a mail that came back already changes nothing.
     *
     * @param mail the whole mail that the report is, read to its end at most
     * @return whether it is a report that a mail of ours could not be delivered
     */
    boolean take(InputStream mail);
}

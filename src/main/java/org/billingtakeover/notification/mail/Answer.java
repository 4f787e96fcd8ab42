package org.billingtakeover.notification.mail;

/**
 * What became of asking the mail server to take one mail.
 *
 * @param why the mail server's code or the kind of fault; names no address
 */
record Answer(Kind kind, String why) {

    enum Kind {
        /** It has said that it has the mail. */
        TAKEN,
        /** It does not have it, and never will. */
        REFUSED,
        /** It does not have it, and may take it another time. */
        LATER,
        /** It was given the whole mail and said nothing. */
        UNKNOWN,
        /** It takes mail from nobody now; the mail has nothing to do with it. */
        DOWN
    }

    static Answer taken() {
        return new Answer(Kind.TAKEN, "taken");
    }
}

package org.billingtakeover.takeover;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;

/**
 * One question put to the client's primary admin: do you agree to this change at this cost?
 *
 * @param lastDay the last local day of the client on which an answer counts
 * @param answer null while {@code status} is OPEN, or ended without one
 */
public record ConsentRequest(
        UUID id,
        TakeoverKey takeover,
        Way way,
        QuoteNumber quote,
        String name,
        String email,
        Language language,
        LocalDate lastDay,
        Status status,
        Instant askedAt,
        @Nullable Answer answer) {

    /** Whether it asks for this way at this cost. */
    boolean isAbout(Offer offer) {
        return way == offer.way() && quote.equals(offer.quote());
    }

    /** Whether whoever reads this address was asked. */
    boolean isTo(String address) {
        return email.equalsIgnoreCase(address);
    }

    /** This request, no longer waiting. */
    ConsentRequest ended(Status why) {
        return new ConsentRequest(id, takeover, way, quote, name, email, language, lastDay, why, askedAt, answer);
    }

    ConsentRequest answered(Answer given) {
        Status status = given.confirmed() ? Status.CONFIRMED : Status.DECLINED;
        return new ConsentRequest(id, takeover, way, quote, name, email, language, lastDay, status, askedAt, given);
    }

    /** Why a request can or can no longer be answered. */
    public enum Status {
        OPEN,
        CONFIRMED,
        DECLINED,
        EXPIRED,
        WITHDRAWN,
        /** The cost or the primary admin changed; a newer request takes its place. */
        SUPERSEDED,
        /** Whoever was asked is not the primary admin. */
        DISOWNED
    }

    /**
     * The answer with its evidence.
     *
     * @param channel LINK or PHONE
     * @param recordedBy the member of staff who took a call; null for an answer by link
     * @param shownIn the language in which the question was shown
     * @param from network address of a link's answer, or the number called from
     */
    public record Answer(
            boolean confirmed,
            String name,
            String role,
            Channel channel,
            @Nullable String recordedBy,
            Language shownIn,
            String from,
            @Nullable String message,
            Instant at) {

        /** An empty message is none. */
        public Answer {
            message = message == null || message.isBlank() ? null : message;
        }

        /** Letters without a shape: they hold an empty place in Hangul. */
        private static final String FILLERS = "\u115f\u1160\u3164\uffa0";

        /** As many digits as a local number has. */
        private static final int FEWEST_DIGITS = 7;

        /** Whether {@code text} can be a number that somebody called from, so that they can be called back. */
        static boolean isPhoneNumber(String text) {
            return text.codePoints().filter(Character::isDigit).count() >= FEWEST_DIGITS;
        }

        /** Whether {@code text} can be a name or a role: it has a letter, of any script, that can be seen. */
        public static boolean isReadable(String text) {
            return text.codePoints().anyMatch(sign -> Character.isLetter(sign) && FILLERS.indexOf(sign) < 0);
        }
    }

    /** How an answer reached us. */
    public enum Channel {
        LINK,
        PHONE
    }
}

package org.billingtakeover.confirmation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.takeover.ConsentRequest.Answer;
import org.billingtakeover.takeover.ConsentRequest.Channel;
import org.jspecify.annotations.Nullable;

/** What the client typed and ticked. */
record AnswerForm(
        @Nullable String answer,
        @Nullable String name,
        @Nullable String role,
        @Nullable String agree,
        @Nullable String message,
        @Nullable String lang) {

    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_MESSAGE = 2000;

    static final AnswerForm EMPTY = new AnswerForm(null, null, null, null, null, null);

    /** The message code of what is wrong, by field; empty when the answer can be taken. */
    Map<String, String> faults() {
        Map<String, String> faults = new LinkedHashMap<>();
        if (!confirmed() && !"declined".equals(answer)) {
            faults.put("answer", "answer.fault.answer");
        }
        if (!Answer.isReadable(text(name)) || text(name).length() > LONGEST_NAME) {
            faults.put("name", "answer.fault.name");
        }
        if (!Answer.isReadable(text(role)) || text(role).length() > LONGEST_NAME) {
            faults.put("role", "answer.fault.role");
        }
        if (confirmed() && agree == null) {
            faults.put("agree", "answer.fault.agree");
        }
        if (text(message).length() > LONGEST_MESSAGE) {
            faults.put("message", "answer.fault.message");
        }
        return faults;
    }

    Answer asAnswer(Language shownIn, String from, Instant now) {
        return new Answer(
                confirmed(),
                text(name),
                text(role),
                Channel.LINK,
                null,
                shownIn,
                from,
                isMissing(message) ? null : text(message),
                now);
    }

    private boolean confirmed() {
        return "confirmed".equals(answer);
    }

    private static boolean isMissing(@Nullable String text) {
        return text(text).isEmpty();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}

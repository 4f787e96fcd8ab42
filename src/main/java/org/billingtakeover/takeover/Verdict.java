package org.billingtakeover.takeover;

import java.util.Arrays;
import java.util.List;

/** What a case says to what it is asked: it goes on, or it stays as it is and says why. */
public sealed interface Verdict {

    /** @return the case's next state with what happened on the way */
    static Verdict allowed(State next, Happening... happened) {
        return new Allowed(next, List.of(happened));
    }

    /** @param code of the sentence that says why */
    static Denied denied(String code, Object... arguments) {
        return new Denied(code, List.copyOf(Arrays.asList(arguments)));
    }

    /** @throws Refusal in the words of the denial; for what a person asks, who then reads why */
    Allowed orRefuse();

    /** @param happened in the order in which it happened */
    record Allowed(State next, List<Happening> happened) implements Verdict {
        @Override
        public Allowed orRefuse() {
            return this;
        }
    }

    record Denied(String code, List<Object> arguments) implements Verdict {
        @Override
        public Allowed orRefuse() {
            throw new Refusal(code, arguments.toArray());
        }
    }
}

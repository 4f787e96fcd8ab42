package org.billingtakeover.commission;

import org.billingtakeover.kernel.TakeoverKey;

/** What a firm is paid its commissions for: a take-over, or a quarter that has ended. */
public sealed interface Occasion permits Quarter, Occasion.OfTakeover {

    /** How it is written wherever a text is kept. */
    String text();

    /** A take-over pays the whole balance at once, whatever its size. */
    record OfTakeover(TakeoverKey takeover) implements Occasion {

        @Override
        public String text() {
            return takeover.text();
        }
    }
}

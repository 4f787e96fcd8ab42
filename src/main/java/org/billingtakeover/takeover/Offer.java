package org.billingtakeover.takeover;

import org.billingtakeover.kernel.QuoteNumber;

/** What a client is asked to agree to: one way at one cost. */
public sealed interface Offer {

    Way way();

    /** The quote that the client is shown, and that its answer binds to. */
    QuoteNumber quote();

    /** The state of a case that has this offer to make, and asks next. */
    State toBeAsked();

    /** The firm takes over QuickBooks Time, and has acknowledged what that costs. */
    record FirmTakesTime(QuoteNumber quote, Acknowledgement acknowledgement) implements Offer {
        @Override
        public Way way() {
            return Way.FIRM_TAKES_TIME;
        }

        @Override
        public State toBeAsked() {
            return new State.Acknowledged(this);
        }
    }

    /** The client takes over QuickBooks Online. */
    record ClientTakesOnline(QuoteNumber quote) implements Offer {
        @Override
        public Way way() {
            return Way.CLIENT_TAKES_ONLINE;
        }

        @Override
        public State toBeAsked() {
            return new State.Offered(this);
        }
    }
}

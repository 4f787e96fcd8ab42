package org.billingtakeover.takeover;

import org.billingtakeover.pricing.Quote;

/** What a change costs by now, beside what was quoted for it. */
sealed interface CostNow {

    record Same() implements CostNow {}

    record Risen() implements CostNow {}

    /** @param quote the lower one, unnumbered */
    record Fallen(Quote quote) implements CostNow {}

    /** @param why the code of what stands in the way of telling or comparing it */
    record Unknown(String why) implements CostNow {}
}

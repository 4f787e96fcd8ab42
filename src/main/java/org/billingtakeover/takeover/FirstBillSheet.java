package org.billingtakeover.takeover;

import java.util.List;

/**
 * The first bill after a change of payer in the words of one language, as it is to be expected.
 *
 * @param sentences when the payer changes, what the first bill comes to, and what is given back
 * @param caption what {@code rows} are: empty, as they are, where the reader is not billed
 * @param note from what it was foreseen
 */
public record FirstBillSheet(List<String> sentences, String caption, List<Row> rows, String note) {

    /**
     * A line of the bill, a tax, or the total.
     *
     * @param days the first and the last one; empty for none
     */
    public record Row(String what, String days, String amount, boolean total) {}
}

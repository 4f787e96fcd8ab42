package org.billingtakeover.commission;

/** What became of a bill on which a firm might earn. */
public enum Accrual {
    EARNED,
    /** The same bill was told before. */
    COUNTED_BEFORE,
    /** A list as of this day or a later one has said what is unpaid, this bill included. */
    PART_OF_LIST,
    /** The months for which a subscription earns are over, or have not begun. */
    NOT_IN_TERM,
    /** A take-over ended it. */
    ENDED,
    /** The table has no row for that day in the currency in which the firm is paid. */
    NO_TERMS,
    /** Billed in another currency than the firm is paid in: no rate is known. */
    OTHER_CURRENCY
}

package org.billingtakeover.lists;

/** What can be wrong with an account list; {@code account.fault.<name>} in the messages says how to mend it. */
public enum ListFault {
    // Faults of one value or one line.
    MISSING_VALUE,
    SPREADSHEET_ERROR,
    SAYS_NOTHING,
    NO_PLAN_BUT_MORE,
    TOO_LONG,
    ID_ROUNDED,
    TWICE_IN_FILE,
    DOUBTFUL_ID,
    DOUBTFUL_KNOWN_ID,
    NOT_AN_EMAIL,
    NOT_A_LANGUAGE,
    NOT_A_COUNTRY,
    NOT_A_PROVINCE,
    MISSING_TIME_ZONE,
    NOT_A_TIME_ZONE,
    NOT_A_CURRENCY,
    NOT_A_DATE,
    AMBIGUOUS_DATE,
    MISSING_RENEWAL_DATE,
    NOT_A_WHOLE_NUMBER,
    AMBIGUOUS_NUMBER,
    OUT_OF_RANGE,
    NOT_A_PAYER,
    NOT_A_CYCLE,
    NOT_A_STATUS,
    NOT_YES_OR_NO,
    MORE_VALUES_THAN_COLUMNS,
    BROKEN_OFF,
    CUT_OFF,
    DAMAGED,
    NOT_STORED,
    // Nothing is bad, but somebody should look.
    NO_CLIENT,
    STOP_DATE_PAST,
    // Faults of the whole file.
    EMPTY_FILE,
    EXCEL_WORKBOOK,
    NOT_TEXT,
    UNKNOWN_ENCODING,
    MISSING_COLUMNS,
    COLUMN_TWICE
}

package org.billingtakeover.lists;

/** A column of an account list; {@code account.column.<name>} in the messages is the header that offices are shown. */
public enum ListColumn {
    COMPANY_ID,
    COMPANY_NAME,
    ADMIN_NAME,
    ADMIN_EMAIL,
    LANGUAGE,
    COUNTRY,
    PROVINCE,
    TIME_ZONE,
    CURRENCY,
    STOP_DATE,
    /** How the integration stands at the platform. */
    INTEGRATION,
    ONLINE_PLAN,
    ONLINE_USERS,
    ONLINE_PAYER,
    ONLINE_BILLING_DAY,
    ONLINE_STATUS,
    TIME_PLAN,
    TIME_USERS,
    TIME_PAYER,
    TIME_CYCLE,
    TIME_RENEWAL_DATE,
    TIME_BILLING_DAY,
    TIME_STATUS,
    TIME_IN_PAYROLL,
    /** What the firm has earned on the subscription and not been paid. */
    TIME_COMMISSION;

    /** Whether its cells tell of a person. */
    public boolean isPersonal() {
        return this == ADMIN_NAME || this == ADMIN_EMAIL;
    }

    /** Whether its cells tell of subscriptions and taxes, and not of who the client is. */
    public boolean isOfBilling() {
        return switch (this) {
            case COMPANY_ID, COMPANY_NAME, ADMIN_NAME, ADMIN_EMAIL, LANGUAGE -> false;
            default -> true;
        };
    }

    /** Whether an error of a spreadsheet or a place-holder here is as good as an empty cell, since not every export tells it. */
    public boolean mayBeUntold() {
        return this == INTEGRATION || this == TIME_COMMISSION;
    }

    /** Whether a file without this column cannot be used. */
    public boolean mandatory() {
        return switch (this) {
            case TIME_ZONE, STOP_DATE, INTEGRATION, ONLINE_USERS, TIME_RENEWAL_DATE, TIME_COMMISSION -> false;
            default -> true;
        };
    }
}

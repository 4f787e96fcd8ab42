package org.billingtakeover.takeover;

/** When the eligibility table is asked; each of its rows says at which moments it counts. */
public enum Moment {
    /** A take-over is requested, or the client's own way is to be offered. */
    OPENING,
    /** The client says yes. */
    CONSENT,
    /** A change is set to a billing date, or to another one. */
    SCHEDULING,
    /** The billing date of a change has come. */
    BILLING_DATE
}

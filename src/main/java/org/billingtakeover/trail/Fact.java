package org.billingtakeover.trail;

import java.util.Map;

/**
 * Something that happened.
 *
 * @param about the key of the case, or {@link #PRODUCT}
 * @param actor who did it: a user's id, {@link #SYSTEM}, or whom the caller names
 * @param what a code, such as {@code QUOTE_MADE}
 * @param content details: texts, whole numbers, yes or no, dates, records, lists and maps of these, and {@link Personal} values
 */
public record Fact(String about, String actor, String what, Map<String, ?> content) {

    /** What concerns no case in particular: deployments, rights, imports. */
    public static final String PRODUCT = "product";

    /** The actor of what the log does by itself. */
    public static final String SYSTEM = "system";
}

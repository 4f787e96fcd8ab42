package org.billingtakeover.trail;

/** Forgets what a chain says of people. The trail still proves that nothing else was changed. */
public interface ErasePersonalData {

    /** What the entry is called that says so. */
    String ERASED = "PERSONAL_DATA_ERASED";

    /**
     * The entry and the erasure are one: the database does not do the one without the other.
     *
     * @param actor who decided it
     * @param rule by which rule, such as {@code retention P7Y}
     * @return how many values are gone
     * @throws RuntimeException if somebody who owns a rule against it refuses
     */
    int of(String about, String actor, String rule);
}

package org.billingtakeover.trail;

/** Forgets what a chain says of people. The trail still proves that nothing else was changed. */
public interface ErasePersonalData {

    /** What the entry is called that says so. */
    String ERASED = "PERSONAL_DATA_ERASED";

    /**
     * @param actor who decided it
     * @return how many values are gone
     * @throws RuntimeException if somebody who owns a rule against it refuses
     */
    int of(String about, String actor);
}

package org.billingtakeover.trail;

import java.util.Collection;
import java.util.Map;

/** What the trail says of people, kept beside it. */
public interface PersonalValues {

    /** The values that are still known, by their digests in hexadecimal digits. */
    Map<String, String> of(Collection<String> digests);

    /** Forgets all values of an ended case, and says how many. */
    int erase(String about);
}

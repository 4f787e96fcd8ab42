package org.billingtakeover.kernel;

import java.util.Collection;
import java.util.Map;

/** What the people are called whose sign-in names are on record. */
public interface NamesOfStaff {

    /** The names by sign-in name; who has no account, or no longer, is left out. */
    Map<String, String> of(Collection<String> signInNames);
}

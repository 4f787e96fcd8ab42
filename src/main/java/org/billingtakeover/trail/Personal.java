package org.billingtakeover.trail;

import java.nio.charset.StandardCharsets;

/** Something said of a person within a fact: kept beside the trail, where it can be erased, and as a salted digest in it. */
public record Personal(String value) {

    public Personal {
        // A database keeps neither of these, and a digest must fit what it keeps.
        value = new String(value.replace('\0', ' ').getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Shows in no log. */
    @Override
    public String toString() {
        return "personal";
    }
}

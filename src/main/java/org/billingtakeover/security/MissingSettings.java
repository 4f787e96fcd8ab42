package org.billingtakeover.security;

import java.util.List;

/** The product must not start, for these reasons. */
final class MissingSettings extends RuntimeException {

    private final List<String> sentences;

    /** @param sentences each says what is missing and how to mend it */
    MissingSettings(List<String> sentences) {
        super(String.join(" ", sentences));
        this.sentences = sentences;
    }

    List<String> sentences() {
        return sentences;
    }
}

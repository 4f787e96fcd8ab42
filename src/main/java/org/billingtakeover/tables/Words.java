package org.billingtakeover.tables;

import java.util.Set;
import java.util.TreeSet;

/** What a cell lets through of words: these, or all but these. */
record Words(boolean allBut, Set<String> words) {

    static final Words ALL = new Words(true, Set.of());

    boolean fit(String word) {
        return allBut != words.contains(word);
    }

    /** Whether one word fits both. What is left out on both sides leaves something over, for there are always more words. */
    boolean meet(Words other) {
        if (allBut && other.allBut) {
            return true;
        }
        Set<String> named = new TreeSet<>(allBut ? other.words : words);
        named.removeIf(word -> !fit(word) || !other.fit(word));
        return !named.isEmpty();
    }
}

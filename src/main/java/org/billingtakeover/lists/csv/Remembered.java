package org.billingtakeover.lists.csv;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Reads a cell as another function does, and each text once: most columns of a list say the same few things on all of its lines. What
 * cannot be read is not remembered.
 */
final class Remembered<T> implements Function<String, T> {

    private static final int MOST = 1_000;

    private final Function<String, T> read;
    private final Map<String, T> before = new ConcurrentHashMap<>();

    /** @param read gives the same of the same text, whenever it is asked */
    Remembered(Function<String, T> read) {
        this.read = read;
    }

    @Override
    public T apply(String cell) {
        T known = before.get(cell);
        if (known == null) {
            known = read.apply(cell);
            if (before.size() < MOST) {
                before.put(cell, known);
            }
        }
        return known;
    }
}

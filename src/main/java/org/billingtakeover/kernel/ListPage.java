package org.billingtakeover.kernel;

/**
 * One page of a list. Asked for a page that is not there, it is the nearest.
 *
 * @param number from 1 to {@code pages}
 */
public record ListPage(int number, int pages) {

    public static final int LENGTH = 25;

    /** The page that is asked for of a list of so many. */
    public static ListPage of(int count, int asked) {
        int pages = Math.max(1, (count + LENGTH - 1) / LENGTH);
        return new ListPage(Math.min(Math.max(1, asked), pages), pages);
    }

    /** How many are on the pages before it. */
    public int offset() {
        return (number - 1) * LENGTH;
    }
}

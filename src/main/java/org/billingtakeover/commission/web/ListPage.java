package org.billingtakeover.commission.web;

/**
 * One page of a list. Asked for a page that is not there, it is the nearest.
 *
 * @param number from 1 to {@code pages}
 */
record ListPage(int number, int pages) {

    static final int LENGTH = 25;

    static ListPage of(int count, int asked) {
        int pages = Math.max(1, (count + LENGTH - 1) / LENGTH);
        return new ListPage(Math.min(Math.max(1, asked), pages), pages);
    }

    int offset() {
        return (number - 1) * LENGTH;
    }
}

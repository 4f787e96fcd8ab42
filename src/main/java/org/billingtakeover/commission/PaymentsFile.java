package org.billingtakeover.commission;

import java.util.List;

/** The orders that were taken to be paid, as a file that people open. */
public interface PaymentsFile {

    int count();

    /** Newest first. */
    List<Payments.Order> orders(int offset, int limit);
}

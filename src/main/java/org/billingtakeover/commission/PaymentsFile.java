package org.billingtakeover.commission;

import java.util.List;
import java.util.function.Consumer;

/** The orders that were taken to be paid, as a file that people open. */
public interface PaymentsFile {

    int count();

    /** Newest first. */
    List<Payments.Order> orders(int offset, int limit);

    /** All of them, oldest first, without holding them at once. */
    void forEach(Consumer<Payments.Order> each);
}

package org.billingtakeover.commission;

import java.time.LocalDate;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;

/** Whoever pays firms what they have earned. Nothing here is asked within the transaction of a case. */
public interface Payments {

    /** Whether they have an order with this key. */
    boolean has(PaymentKey key);

    /**
     * Has a firm paid. An order with a key that they have changes nothing.
     *
     * @throws RuntimeException if it is not known whether they have it now
     */
    void pay(Order order);

    /**
     * An order to pay. Where the firm's account is, whoever pays knows by the firm.
     *
     * @param day on which the balance was settled, local date of the firm
     * @param reference what the payment is for: a take-over's key or a quarter
     */
    record Order(PaymentKey key, FirmId firm, String name, Money amount, LocalDate day, String reference) {}
}

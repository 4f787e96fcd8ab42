package org.billingtakeover.commission;

/** The key of an order to pay, such as {@code TKO-2026-00012} or {@code F-100-2026-Q1}: one for each payout, for good. */
public record PaymentKey(String text) {

    @Override
    public String toString() {
        return text;
    }
}

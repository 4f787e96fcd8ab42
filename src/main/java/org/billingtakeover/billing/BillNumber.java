package org.billingtakeover.billing;

/** The platform's number of a bill. */
public record BillNumber(String text) {

    @Override
    public String toString() {
        return text;
    }
}

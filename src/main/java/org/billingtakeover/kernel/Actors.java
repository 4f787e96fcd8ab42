package org.billingtakeover.kernel;

/** Who acts without being signed in; everybody else is named by their user id. */
public final class Actors {

    /** What the product does by itself. */
    public static final String SYSTEM = "system";

    /** What a client does behind its link; who it was stands in the evidence of the answer. */
    public static final String CLIENT = "client";

    private Actors() {}
}

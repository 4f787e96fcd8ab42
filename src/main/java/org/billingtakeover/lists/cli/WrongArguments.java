package org.billingtakeover.lists.cli;

/** The command line asks for nothing that can be done. */
final class WrongArguments extends Exception {

    private static final long serialVersionUID = 1;

    private final String argument;

    /** @param code the message that says why, to be filled in with {@code argument} */
    WrongArguments(String code, String argument) {
        super(code);
        this.argument = argument;
    }

    String code() {
        return String.valueOf(getMessage());
    }

    String argument() {
        return argument;
    }
}

package org.billingtakeover.evidence;

import java.util.List;

/** A file is no export that can be verified; says what, where, and by its message how to mend it. */
public final class UnusableExport extends Exception {

    private static final long serialVersionUID = 1;

    private final transient List<Object> arguments;

    /** @param code the message of {@code messages/evidence} that says why, to be filled in with {@code arguments} */
    UnusableExport(String code, Object... arguments) {
        super(code);
        this.arguments = List.of(arguments);
    }

    public String code() {
        return String.valueOf(getMessage());
    }

    public List<Object> arguments() {
        return arguments;
    }
}

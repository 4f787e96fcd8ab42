package org.billingtakeover.verifier;

import java.io.IOException;
import java.util.List;

/** A file is no export that can be verified; says what, where, and by its message how to mend it. */
public final class UnusableExport extends IOException {

    private static final long serialVersionUID = 1;

    private final transient List<Object> arguments;

    /** @param why ends the name of the message {@code verifier.unusable.…}, which is filled in with {@code arguments} */
    UnusableExport(String why, Object... arguments) {
        super(why);
        this.arguments = List.of(arguments);
    }

    String why() {
        return String.valueOf(getMessage());
    }

    List<Object> arguments() {
        return arguments;
    }
}

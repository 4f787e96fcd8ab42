package org.billingtakeover.lists;

import java.util.List;

/** An account list of which no line can be read. */
public final class UnusableAccountList extends Exception {

    private final ListFault fault;
    private final transient List<String> arguments;

    public UnusableAccountList(ListFault fault, List<String> arguments) {
        super(fault + " " + arguments);
        this.fault = fault;
        this.arguments = List.copyOf(arguments);
    }

    public ListFault fault() {
        return fault;
    }

    /** What the fault's sentence is filled in with; for missing columns the names of {@link ListColumn}s. */
    public List<String> arguments() {
        return arguments;
    }
}

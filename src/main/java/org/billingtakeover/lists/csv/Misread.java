package org.billingtakeover.lists.csv;

import java.util.List;
import org.billingtakeover.lists.ListFault;

/** A value is not what its column asks for. */
final class Misread extends RuntimeException {

    private final ListFault fault;
    private final transient List<String> arguments;

    Misread(ListFault fault, Object... arguments) {
        super(fault.name(), null, false, false);
        this.fault = fault;
        this.arguments =
                java.util.Arrays.stream(arguments).map(Object::toString).toList();
    }

    ListFault fault() {
        return fault;
    }

    List<String> arguments() {
        return arguments;
    }
}

package org.billingtakeover.lists;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with one line of an account list.
 *
 * @param line where the line starts in the file, counted from 1
 * @param column the header as in the file; null where the whole line is meant
 * @param value what the file says there; empty where it says nothing
 * @param arguments what the fault's sentence is filled in with
 */
public record LineProblem(long line, @Nullable String column, String value, ListFault fault, List<String> arguments) {

    public LineProblem {
        arguments = List.copyOf(arguments);
    }
}

package org.billingtakeover.takeover;

import java.util.Arrays;
import java.util.List;

/**
 * Somebody asked for what the rules do not allow; nothing was changed. The code and its arguments name a sentence in
 * {@code messages_{en,fr}.properties} ({@code refusal.<code>}) that says what is wrong and how to mend it.
 */
public final class Refusal extends RuntimeException {

    private final String code;
    private final List<Object> arguments;

    public Refusal(String code, Object... arguments) {
        super(code);
        this.code = code;
        this.arguments = List.copyOf(Arrays.asList(arguments));
    }

    public String code() {
        return code;
    }

    public List<Object> arguments() {
        return arguments;
    }
}

package org.billingtakeover.takeover;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Somebody asked for what the rules do not allow; nothing was changed. The code and its arguments name a sentence in
 * {@code messages_{en,fr}.properties} ({@code refusal.<code>}) that says what is wrong and how to mend it.
 */
public final class Refusal extends RuntimeException {

    private final String code;
    private final List<Object> arguments;
    private final transient @Nullable Object followedBy;

    public Refusal(String code, Object... arguments) {
        this(code, null, List.copyOf(Arrays.asList(arguments)));
    }

    private Refusal(String code, @Nullable Object followedBy, List<Object> arguments) {
        super(code);
        this.code = code;
        this.arguments = arguments;
        this.followedBy = followedBy;
    }

    /** A refusal that brought something to light; {@code event} is published once the refused transaction is undone. */
    static Refusal followedBy(Object event, String code, Object... arguments) {
        return new Refusal(code, event, List.copyOf(Arrays.asList(arguments)));
    }

    /** What is to be published once nothing is left of what was refused. */
    public Optional<Object> followedBy() {
        return Optional.ofNullable(followedBy);
    }

    public String code() {
        return code;
    }

    public List<Object> arguments() {
        return arguments;
    }
}

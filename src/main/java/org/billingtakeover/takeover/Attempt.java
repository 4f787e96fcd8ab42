package org.billingtakeover.takeover;

import java.util.function.Function;

/**
 * What became of a step that a diagram asked for. That the case refuses it is expected: the case then is as it was, and somebody looks
 * into why it was asked.
 */
public sealed interface Attempt<T> {

    static <T> Attempt<T> done(T result) {
        return new Done<>(result);
    }

    static <T> Attempt<T> refused(Verdict.Denied why) {
        return new Refused<>(why);
    }

    /** @throws Refusal if it was refused */
    T orRefuse();

    <R> Attempt<R> map(Function<T, R> result);

    record Done<T>(T result) implements Attempt<T> {
        @Override
        public T orRefuse() {
            return result;
        }

        @Override
        public <R> Attempt<R> map(Function<T, R> other) {
            return done(other.apply(result));
        }
    }

    record Refused<T>(Verdict.Denied why) implements Attempt<T> {
        @Override
        public T orRefuse() {
            throw new Refusal(why.code(), why.arguments().toArray());
        }

        @Override
        public <R> Attempt<R> map(Function<T, R> other) {
            return refused(why);
        }
    }
}

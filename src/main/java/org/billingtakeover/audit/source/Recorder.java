package org.billingtakeover.audit.source;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Trail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Records what happens in cases. Where diagrams begin and end and the steps between make one entry of a transaction, and what tables
 * answered stands before the fact that it led to.
 */
@Component
class Recorder {

    private final Trail trail;
    private final Clock clock;

    Recorder(Trail trail, Clock clock) {
        this.trail = trail;
        this.clock = clock;
    }

    /** On a diagram, which is named by its id and its version, as the engine counts. */
    sealed interface Move {

        Map<String, ?> content();
    }

    /**
     * @param instance tells the passes through one step apart; not kept
     * @param how {@code entered}, {@code left} or {@code cancelled}; a step that is entered and left at once is {@code passed}
     */
    record Step(String instance, String process, int version, String step, String how) implements Move {

        @Override
        public Map<String, ?> content() {
            return Map.of("process", process, "version", version, "step", step, "how", how);
        }
    }

    /**
     * The whole of a diagram.
     *
     * @param how {@code began} or {@code ended}
     * @param why it ended before its end; null where it did not
     */
    record Run(
            String instance,
            String process,
            int version,
            String how,
            String state,
            @Nullable String why) implements Move {

        @Override
        public Map<String, ?> content() {
            Map<String, Object> content = new HashMap<>(
                    Map.of("process", process, "version", version, "how", how, "instance", instance, "state", state));
            if (why != null) {
                content.put("why", why);
            }
            return content;
        }
    }

    /** What a decision table was asked and what it answered. */
    record Answered(String table, int version, Map<String, ?> inputs, Object outputs) {}

    void record(Fact fact) {
        ofThisTransaction().record(fact, clock.instant());
    }

    /** A step of a case's diagram was entered, left or passed, or a diagram began or ended. */
    void moved(String about, String actor, Move move) {
        ofThisTransaction()
                .walks
                .computeIfAbsent(new Walker(about, actor), walker -> new Walk(clock.instant()))
                .add(move);
    }

    /** A table was asked; the answer belongs to the case of the next fact. An answer that leads to no fact is not kept. */
    void answered(Answered answer) {
        ofThisTransaction().answers.add(answer);
    }

    /** @param fields by name, those that say something of people as {@link org.billingtakeover.trail.Personal} */
    void sent(String task, Map<String, ?> fields) {
        ofThisTransaction().sent.put(task, fields);
    }

    /** What the form of a task sent in this transaction; nothing where nobody sent one. */
    Map<String, ?> sent(String task) {
        return ofThisTransaction().sent.getOrDefault(task, Map.of());
    }

    private Work ofThisTransaction() {
        return trail.gathering(Work.class, Work::new);
    }

    private final class Work implements Trail.Gathering {

        final Map<Walker, Walk> walks = new LinkedHashMap<>();
        final Set<Answered> answers = new LinkedHashSet<>();
        final Map<String, Map<String, ?>> sent = new LinkedHashMap<>();
        private @Nullable String lastCase;
        private Instant lastAt = Instant.EPOCH;

        void record(Fact fact, Instant at) {
            if (isAboutCase(fact.about(), at)) {
                recordAnswers();
            }
            trail.record(fact, at);
        }

        @Override
        public void end() {
            walks.forEach((walker, walk) -> {
                isAboutCase(walker.about, walk.at);
                Map<String, ?> content = Map.of("steps", walk.content());
                trail.record(new Fact(walker.about, walker.actor, "STEPS", content), walk.at);
            });
            recordAnswers();
        }

        private boolean isAboutCase(String about, Instant at) {
            if (about.equals(Fact.PRODUCT)) {
                return false;
            }
            lastCase = about;
            lastAt = at;
            return true;
        }

        private void recordAnswers() {
            if (!answers.isEmpty() && lastCase != null) {
                Map<String, ?> content = Map.of("answers", List.copyOf(answers));
                trail.record(new Fact(lastCase, Actors.SYSTEM, "TABLES_ANSWERED", content), lastAt);
                answers.clear();
            }
        }
    }

    private record Walker(String about, String actor) {}

    /** Moves in their order. */
    private static final class Walk {

        final Instant at;
        private final List<Move> moves = new ArrayList<>();

        Walk(Instant at) {
            this.at = at;
        }

        void add(Move move) {
            int entered =
                    move instanceof Step step && step.how.equals("left") ? moves.lastIndexOf(how(step, "entered")) : -1;
            if (entered >= 0) {
                moves.set(entered, how((Step) move, "passed"));
            } else {
                moves.add(move);
            }
        }

        List<Map<String, ?>> content() {
            return moves.stream().<Map<String, ?>>map(Move::content).toList();
        }

        private static Step how(Step step, String how) {
            return new Step(step.instance, step.process, step.version, step.step, how);
        }
    }
}

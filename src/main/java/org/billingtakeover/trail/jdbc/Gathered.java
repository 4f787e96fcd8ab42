package org.billingtakeover.trail.jdbc;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.trail.CanonicalJson;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Personal;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.Trail.Answered;
import org.billingtakeover.trail.Trail.Step;
import org.jspecify.annotations.Nullable;

/** What has happened so far in one transaction. */
final class Gathered {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT = 16;

    private final List<Timed> facts = new ArrayList<>();
    private final Map<Walker, Walk> walks = new LinkedHashMap<>();
    private final Set<Answered> answers = new LinkedHashSet<>();

    void record(Fact fact, Instant at) {
        if (!fact.about().equals(Fact.PRODUCT)) {
            addAnswers(fact.about(), at);
        }
        facts.add(new Timed(fact, at));
    }

    void step(String about, String actor, Step step, Instant at) {
        walks.computeIfAbsent(new Walker(about, actor), walker -> new Walk(at)).add(step);
    }

    void answered(Answered answer) {
        answers.add(answer);
    }

    /** Entries of a case together, in the order in which they happened; the steps last. */
    Written written() {
        walks.forEach((walker, walk) -> facts.add(
                new Timed(new Fact(walker.about, walker.actor, "STEPS", Map.of("steps", walk.content())), walk.at)));
        facts.stream()
                .filter(each -> !each.fact.about().equals(Fact.PRODUCT))
                .reduce((earlier, later) -> later)
                .ifPresent(last -> addAnswers(last.fact.about(), last.at));
        Written written = new Written();
        facts.stream()
                .sorted(Comparator.comparing((Timed each) -> each.fact.about()))
                .forEach(written::add);
        return written;
    }

    private void addAnswers(String about, Instant at) {
        if (!answers.isEmpty()) {
            Fact decided = new Fact(about, Actors.SYSTEM, "TABLES_ANSWERED", Map.of("answers", List.copyOf(answers)));
            answers.clear();
            facts.add(new Timed(decided, at));
        }
    }

    private record Timed(Fact fact, Instant at) {}

    private record Walker(String about, String actor) {}

    /** Steps in their order. */
    private static final class Walk {

        final Instant at;
        final List<Step> steps = new ArrayList<>();

        Walk(Instant at) {
            this.at = at;
        }

        void add(Step step) {
            if (step.how().equals("left")) {
                int entered = steps.lastIndexOf(how(step, "entered"));
                if (entered >= 0) {
                    steps.set(entered, how(step, "passed"));
                    return;
                }
            }
            steps.add(step);
        }

        List<Map<String, ?>> content() {
            return steps.stream()
                    .<Map<String, ?>>map(step -> Map.of(
                            "process", step.process(),
                            "version", step.version(),
                            "step", step.step(),
                            "how", step.how()))
                    .toList();
        }

        private static Step how(Step step, String how) {
            return new Step(step.instance(), step.process(), step.version(), step.step(), how);
        }
    }

    /** As the database appends it. */
    static final class Written {

        private final List<Map<String, String>> entries = new ArrayList<>();
        private final List<Map<String, String>> personal = new ArrayList<>();

        boolean isEmpty() {
            return entries.isEmpty();
        }

        String entries() {
            return CanonicalJson.write(entries);
        }

        String personal() {
            return CanonicalJson.write(personal);
        }

        private void add(Timed timed) {
            Fact fact = timed.fact;
            String at = CanonicalJson.exact(timed.at).toString();
            Map<String, Object> document = Map.of(
                    "actor",
                    fact.actor(),
                    "at",
                    at,
                    "case",
                    fact.about(),
                    "content",
                    Objects.requireNonNull(withoutPersons(CanonicalJson.plain(fact.content()), fact.about())),
                    "what",
                    fact.what());
            entries.add(Map.of(
                    "actor", fact.actor(),
                    "at", at,
                    "case", fact.about(),
                    "document", CanonicalJson.write(document),
                    "what", fact.what()));
        }

        private @Nullable Object withoutPersons(@Nullable Object value, String about) {
            if (value instanceof Personal said) {
                return Map.of("digest", digest(said, about));
            }
            if (value instanceof Map<?, ?> map) {
                Map<String, @Nullable Object> without = new TreeMap<>();
                map.forEach((name, each) -> without.put((String) name, withoutPersons(each, about)));
                return without;
            }
            if (value instanceof List<?> list) {
                List<@Nullable Object> without = new ArrayList<>();
                list.forEach(each -> without.add(withoutPersons(each, about)));
                return without;
            }
            return value;
        }

        private String digest(Personal said, String about) {
            byte[] salt = new byte[SALT];
            RANDOM.nextBytes(salt);
            HexFormat hex = HexFormat.of();
            String digest = hex.formatHex(Sha256.of(salt, said.value()));
            personal.add(Map.of("case", about, "digest", digest, "salt", hex.formatHex(salt), "value", said.value()));
            return digest;
        }
    }
}

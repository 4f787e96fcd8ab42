package org.billingtakeover.trail.jdbc;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.billingtakeover.trail.CanonicalJson;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Personal;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.Trail.Gathering;
import org.jspecify.annotations.Nullable;

/** What has happened so far in one transaction. */
final class Gathered {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int SALT = 16;

    private final List<Timed> facts = new ArrayList<>();
    private final Map<Class<?>, Gathering> gatherings = new LinkedHashMap<>();

    void record(Fact fact, Instant at) {
        facts.add(new Timed(fact, at));
    }

    <G extends Gathering> G gathering(Class<G> kind, Supplier<G> first) {
        return kind.cast(gatherings.computeIfAbsent(kind, each -> first.get()));
    }

    /** Entries of a case together, in the order in which they were recorded. */
    Written written() {
        List.copyOf(gatherings.values()).forEach(Gathering::end);
        Written written = new Written();
        facts.stream()
                .sorted(Comparator.comparing((Timed each) -> each.fact.about()))
                .forEach(written::add);
        return written;
    }

    private record Timed(Fact fact, Instant at) {}

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
            Map<String, String> entry = new TreeMap<>();
            entry.put("actor", fact.actor());
            entry.put("at", CanonicalJson.exact(timed.at).toString());
            entry.put("case", fact.about());
            entry.put("what", fact.what());
            Map<String, @Nullable Object> document = new TreeMap<>(entry);
            document.put("content", withoutPersons(CanonicalJson.plain(fact.content()), fact.about()));
            entry.put("document", CanonicalJson.write(document));
            entries.add(entry);
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

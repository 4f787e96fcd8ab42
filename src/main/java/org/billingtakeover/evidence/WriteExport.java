package org.billingtakeover.evidence;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.trail.StoredTrail.ChainEnd;
import org.billingtakeover.trail.StoredTrail.SaidOfPerson;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.billingtakeover.trail.StoredTrail.SealOfScope;
import org.billingtakeover.trail.StoredTrail.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the chains of a scope as far as they are sealed, and the seals, as one JSON object with one record a line, as they are kept,
 * so that {@link VerifyExport} can prove them elsewhere. However much there is, little of it is in memory at a time.
 */
@Component
class WriteExport {

    static final String FORMAT = "billing-takeover-audit-export";
    static final int VERSION = 1;

    private static final String PERSONAL = "personal";
    private static final int CHAINS_AT_A_TIME = 500;
    private static final int ENTRIES_AT_A_TIME = 200;
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final String HOW_TO_VERIFY =
            "java -jar billing-takeover.jar verify-export FILE [--seal=NUMBER:HASH]. Without it: hash of an entry or a seal ="
                    + " SHA-256(previous, as bytes, followed by document in UTF-8); the first entry of a chain follows 32 zero bytes;"
                    + " a digest of something said of a person = SHA-256(salt, as bytes, followed by value in UTF-8); the digest in a"
                    + " seal's document = SHA-256(its lines in UTF-8, each ended by a line feed). Chains are whole.";

    private final StoredTrail trail;

    WriteExport(StoredTrail trail) {
        this.trail = trail;
    }

    /**
     * @param out stays open
     * @param by the user who asked for it
     */
    void asJson(Scope scope, String by, Instant at, OutputStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8).setPrettyPrinter(new RecordsOnLines());
        reading(() -> {
            Size size = trail.size(scope);
            json.writeStartObject();
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            json.writeStringField("howToVerify", HOW_TO_VERIFY);
            json.writeStringField("madeAt", at.toString());
            json.writeStringField("madeBy", by);
            json.writeObjectFieldStart("scope");
            text(json, "case", scope.about());
            text(json, "firm", scope.firm());
            text(json, "from", scope.from());
            text(json, "until", scope.until());
            json.writeEndObject();
            json.writeNumberField("chainCount", size.chains());
            json.writeNumberField("entryCount", size.entries());
            json.writeArrayFieldStart("chains");
            forEachChain(scope, chain -> write(chain, json));
            json.writeEndArray();
            json.writeArrayFieldStart("seals");
            trail.forEachSealOf(scope, writing(seal -> write(seal, json)));
            json.writeEndArray();
            json.writeBooleanField("complete", true);
            json.writeEndObject();
        });
        json.close();
    }

    /** Each entry of the scope's chains, chain by chain, with what is still known of what it says of persons. */
    void forEachEntry(Scope scope, Writing<Entry> consumer) throws IOException {
        reading(() -> forEachChain(scope, chain -> entriesOf(chain, consumer)));
    }

    /** @param said by digest */
    record Entry(StoredEntry stored, Map<String, SaidOfPerson> said) {}

    private void write(ChainEnd chain, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("case", chain.about());
        json.writeNumberField("length", chain.length());
        json.writeArrayFieldStart("entries");
        entriesOf(chain, entry -> write(entry, json));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(Entry entry, JsonGenerator json) throws IOException {
        StoredEntry stored = entry.stored();
        json.writeStartObject();
        json.writeNumberField("number", stored.number());
        json.writeStringField("at", stored.at().toString());
        json.writeStringField("actor", stored.actor());
        json.writeStringField("what", stored.what());
        json.writeStringField("document", stored.document());
        json.writeStringField("previous", hex(stored.previous()));
        json.writeStringField("hash", hex(stored.hash()));
        if (!entry.said().isEmpty()) {
            json.writeArrayFieldStart(PERSONAL);
            for (Map.Entry<String, SaidOfPerson> said : entry.said().entrySet()) {
                json.writeStartObject();
                json.writeStringField("digest", said.getKey());
                json.writeStringField("salt", said.getValue().salt());
                json.writeStringField("value", said.getValue().value());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void write(SealOfScope seal, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", seal.number());
        json.writeStringField("document", seal.document());
        json.writeStringField("previous", hex(seal.previous()));
        json.writeStringField("hash", hex(seal.hash()));
        if (seal.sealsScope()) {
            json.writeArrayFieldStart("lines");
            trail.forEachSealedLine(seal.number(), writing(json::writeString));
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void forEachChain(Scope scope, Writing<ChainEnd> consumer) throws IOException {
        List<ChainEnd> some = trail.chains(scope, "", CHAINS_AT_A_TIME);
        while (!some.isEmpty()) {
            for (ChainEnd chain : some) {
                consumer.write(chain);
            }
            some = trail.chains(scope, some.get(some.size() - 1).about(), CHAINS_AT_A_TIME);
        }
    }

    private void entriesOf(ChainEnd chain, Writing<Entry> consumer) throws IOException {
        List<StoredEntry> some = new ArrayList<>();
        trail.forEachEntryOf(chain.about(), writing(entry -> {
            if (entry.number() <= chain.length()) {
                some.add(entry);
            }
            if (some.size() == ENTRIES_AT_A_TIME) {
                withSaid(some, consumer);
            }
        }));
        withSaid(some, consumer);
    }

    private void withSaid(List<StoredEntry> entries, Writing<Entry> consumer) throws IOException {
        Map<StoredEntry, Set<String>> digests = new HashMap<>();
        entries.forEach(entry -> digests.put(entry, digestsOf(entry)));
        Set<String> all = new TreeSet<>();
        digests.values().forEach(all::addAll);
        Map<String, SaidOfPerson> known = all.isEmpty() ? Map.of() : trail.saidOfPersons(all);
        for (StoredEntry entry : entries) {
            Map<String, SaidOfPerson> said = new TreeMap<>(known);
            said.keySet().retainAll(digests.getOrDefault(entry, Set.of()));
            consumer.write(new Entry(entry, said));
        }
        entries.clear();
    }

    /** An entry that somebody ruined goes into the file as it is. */
    private static Set<String> digestsOf(StoredEntry entry) {
        try {
            return entry.personalDigests();
        } catch (IllegalStateException e) {
            return Set.of();
        }
    }

    private void reading(Reading reading) throws IOException {
        try {
            trail.atOneInstant(() -> {
                try {
                    reading.read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static <T> Consumer<T> writing(Writing<T> writing) {
        return each -> {
            try {
                writing.write(each);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** What may fail while it writes. */
    interface Writing<T> {

        void write(T each) throws IOException;
    }

    private interface Reading {

        void read() throws IOException;
    }

    private static final class RecordsOnLines extends MinimalPrettyPrinter {

        private static final long serialVersionUID = 1;

        @Override
        public void beforeArrayValues(JsonGenerator json) throws IOException {
            if (areRecords(json)) {
                json.writeRaw('\n');
            }
        }

        @Override
        public void writeArrayValueSeparator(JsonGenerator json) throws IOException {
            json.writeRaw(areRecords(json) ? ",\n" : ",");
        }

        private static boolean areRecords(JsonGenerator json) {
            return !PERSONAL.equals(json.getOutputContext().getParent().getCurrentName());
        }
    }
}

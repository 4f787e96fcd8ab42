package org.billingtakeover.evidence;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.Records;
import org.billingtakeover.trail.Seal;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.billingtakeover.trail.StoredTrail.Size;
import org.billingtakeover.verifier.VerifyExport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Writes the chains of a scope as far as they are sealed, and the seals, as one JSON object with one record a line, as they are kept,
 * so that {@link VerifyExport} can prove them elsewhere. However much there is, little of it is in memory at a time.
 */
@Component
class WriteExport {

    private static final String PERSONAL = "personal";
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private static final String HOW_TO_VERIFY =
            "java -jar billing-takeover.jar verify-export FILE [--seal=NUMBER:HASH]. Without it: hash of an entry or a seal ="
                    + " SHA-256(previous, as bytes, followed by document in UTF-8); the first entry of a chain follows 32 zero bytes;"
                    + " a digest of something said of a person = SHA-256(salt, as bytes, followed by value in UTF-8); the digest in a"
                    + " seal's document = SHA-256(its lines in UTF-8, each ended by a line feed). Chains are whole."
                    + " recordedAt is when the database says that a record came; no hash holds it.";

    private final StoredTrail trail;

    WriteExport(StoredTrail trail) {
        this.trail = trail;
    }

    /**
     * @param firm whose cases the scope is said to be
     * @param by the user who asked for it
     * @param out stays open
     */
    void asJson(Scope scope, @Nullable FirmId firm, String by, Instant at, OutputStream out) throws IOException {
        JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8).setPrettyPrinter(new RecordsOnLines());
        trail.atOneInstant(() -> {
            Size size = trail.size(scope);
            json.writeStartObject();
            json.writeStringField("format", VerifyExport.FORMAT);
            json.writeNumberField("version", VerifyExport.VERSION);
            json.writeStringField("howToVerify", HOW_TO_VERIFY);
            json.writeStringField("madeAt", at.toString());
            json.writeStringField("madeBy", by);
            json.writeObjectFieldStart("scope");
            text(json, "case", scope.about());
            text(json, "firm", firm);
            text(json, "from", scope.from());
            text(json, "until", scope.until());
            json.writeEndObject();
            json.writeNumberField("chainCount", size.chains());
            json.writeNumberField("entryCount", size.entries());
            json.writeArrayFieldStart("chains");
            AsJson records = new AsJson(json);
            trail.read(scope, records);
            records.end();
            json.writeBooleanField("complete", true);
            json.writeEndObject();
            return size;
        });
        json.close();
    }

    private static void text(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value.toString());
        }
    }

    /** Writes chains, and then seals. */
    private static final class AsJson implements Records {

        private final JsonGenerator json;
        private boolean inSeals;
        private boolean hasLines;

        AsJson(JsonGenerator json) {
            this.json = json;
        }

        @Override
        public void chain(String about, int length) throws IOException {
            json.writeStartObject();
            json.writeStringField("case", about);
            json.writeNumberField("length", length);
            json.writeArrayFieldStart("entries");
        }

        @Override
        public void entry(KnownEntry entry) throws IOException {
            StoredEntry stored = entry.stored();
            json.writeStartObject();
            json.writeNumberField("number", stored.number());
            json.writeStringField("at", stored.at().toString());
            json.writeStringField("actor", stored.actor());
            json.writeStringField("what", stored.what());
            json.writeStringField("document", stored.document());
            json.writeStringField("previous", hex(stored.previous()));
            json.writeStringField("hash", hex(stored.hash()));
            text(json, "recordedAt", stored.recordedAt());
            if (!entry.said().isEmpty()) {
                json.writeArrayFieldStart(PERSONAL);
                for (Map.Entry<String, KnownEntry.Said> said : entry.said().entrySet()) {
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

        @Override
        public void endOfChain() throws IOException {
            json.writeEndArray();
            json.writeEndObject();
        }

        @Override
        public void seal(Seal seal, boolean linesFollow) throws IOException {
            beginSeals();
            hasLines = linesFollow;
            json.writeStartObject();
            json.writeNumberField("number", seal.number());
            json.writeStringField("document", seal.document());
            json.writeStringField("previous", hex(seal.previous()));
            json.writeStringField("hash", seal.hex());
            text(json, "recordedAt", seal.recordedAt());
            if (hasLines) {
                json.writeArrayFieldStart("lines");
            }
        }

        @Override
        public void sealedLine(String line) throws IOException {
            json.writeString(line);
        }

        @Override
        public void endOfSeal() throws IOException {
            if (hasLines) {
                json.writeEndArray();
            }
            json.writeEndObject();
        }

        void end() throws IOException {
            beginSeals();
            json.writeEndArray();
        }

        private void beginSeals() throws IOException {
            if (!inSeals) {
                json.writeEndArray();
                json.writeArrayFieldStart("seals");
                inSeals = true;
            }
        }

        private static String hex(byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        }
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

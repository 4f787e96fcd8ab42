package org.billingtakeover.evidence;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail.SaidOfPerson;

/** An export as a file, bare or in an evidence pack, read record by record. */
final class ExportFile {

    private static final String JSON = ".json";
    private static final byte[] ZIP = {'P', 'K'};
    private static final int HASH = 32;
    private static final JsonMapper MAPPER = JsonMapper.builder()
            // Of two fields with one name, two readers may believe another one each.
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path path;

    /** @throws UnusableExport if it cannot be read */
    ExportFile(Path path) throws UnusableExport {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new UnusableExport("evidence.unusable.noFile", path);
        }
        this.path = path;
    }

    /** What is told of each record, in the order of the file. */
    interface Reader {

        default void chain(String about, int length) {}

        default void entry(StoredEntry entry, Map<String, SaidOfPerson> said) {}

        default void endOfChain() {}

        default void seal(int number, String document, byte[] previous, byte[] hash) {}

        /** A line of the seal that was told last. */
        default void sealedLine(String line) {}

        default void endOfSeal() {}
    }

    /** How much the file says it holds. */
    record Counts(long chains, long entries) {}

    /** @throws UnusableExport if it is no whole export of a version that is known */
    Counts read(Reader reader) throws UnusableExport {
        try (InputStream bytes = Files.newInputStream(path)) {
            if (!isZip()) {
                return read(bytes, reader);
            }
        } catch (IOException e) {
            throw new UnusableExport(
                    "evidence.unusable.unreadable", path, e.getClass().getSimpleName());
        }
        try (ZipFile zip = new ZipFile(path.toFile());
                InputStream bytes = zip.getInputStream(export(zip))) {
            return read(bytes, reader);
        } catch (ZipException e) {
            throw new UnusableExport("evidence.unusable.zip", path);
        } catch (IOException e) {
            throw new UnusableExport(
                    "evidence.unusable.unreadable", path, e.getClass().getSimpleName());
        }
    }

    /** The other files of an evidence pack: names and their SHA-256 in hexadecimal digits; none beside a bare export. */
    Map<String, String> others() throws UnusableExport {
        Map<String, String> digests = new TreeMap<>();
        try {
            if (!isZip()) {
                return digests;
            }
            try (ZipFile zip = new ZipFile(path.toFile())) {
                for (ZipEntry entry : zip.stream().map(each -> (ZipEntry) each).toList()) {
                    if (!entry.getName().endsWith(JSON)) {
                        MessageDigest digest = Sha256.digest();
                        try (InputStream bytes = new DigestInputStream(zip.getInputStream(entry), digest)) {
                            bytes.transferTo(OutputStream.nullOutputStream());
                        }
                        digests.put(entry.getName(), HexFormat.of().formatHex(digest.digest()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UnusableExport("evidence.unusable.zip", path);
        }
        return digests;
    }

    private boolean isZip() throws IOException {
        try (InputStream bytes = Files.newInputStream(path)) {
            return Arrays.equals(bytes.readNBytes(ZIP.length), ZIP);
        }
    }

    private ZipEntry export(ZipFile zip) throws UnusableExport {
        List<ZipEntry> exports = zip.stream()
                .filter(entry -> entry.getName().endsWith(JSON))
                .map(each -> (ZipEntry) each)
                .toList();
        if (exports.size() != 1) {
            throw new UnusableExport("evidence.unusable.noExport", path, exports.size());
        }
        return exports.get(0);
    }

    private Counts read(InputStream bytes, Reader reader) throws IOException, UnusableExport {
        try (JsonParser json = MAPPER.createParser(bytes)) {
            try {
                return new Reading(json, reader).read();
            } catch (JsonProcessingException e) {
                JsonLocation where = e.getLocation() == null ? json.currentLocation() : e.getLocation();
                throw new UnusableExport("evidence.unusable.noJson", path, where.getLineNr(), where.getColumnNr());
            }
        }
    }

    private final class Reading {

        private final JsonParser json;
        private final Reader reader;

        Reading(JsonParser json, Reader reader) {
            this.json = json;
            this.reader = reader;
        }

        Counts read() throws IOException, UnusableExport {
            long chains = -1;
            long entries = -1;
            boolean known = false;
            boolean complete = false;
            expect(json.nextToken() == JsonToken.START_OBJECT);
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "format" -> known = WriteExport.FORMAT.equals(json.getValueAsString());
                    case "version" -> {
                        if (json.getValueAsInt() != WriteExport.VERSION) {
                            throw new UnusableExport(
                                    "evidence.unusable.version", path, json.getText(), WriteExport.VERSION);
                        }
                    }
                    case "chainCount" -> chains = json.getValueAsLong(-1);
                    case "entryCount" -> entries = json.getValueAsLong(-1);
                    case "chains" -> {
                        if (!known) {
                            throw new UnusableExport("evidence.unusable.format", path);
                        }
                        forEach(this::chain);
                    }
                    case "seals" -> forEach(this::seal);
                    case "complete" -> complete = json.getValueAsBoolean();
                    default -> json.skipChildren();
                }
            }
            if (!known) {
                throw new UnusableExport("evidence.unusable.format", path);
            }
            expect(complete && json.nextToken() == null);
            return new Counts(chains, entries);
        }

        private void chain() throws IOException, UnusableExport {
            String about = "";
            int length = -1;
            boolean told = false;
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "case" -> about = text();
                    case "length" -> length = json.getValueAsInt(-1);
                    case "entries" -> {
                        expect(length >= 0 && !about.isEmpty());
                        reader.chain(about, length);
                        String of = about;
                        forEach(() -> entry(of));
                        reader.endOfChain();
                        told = true;
                    }
                    default -> json.skipChildren();
                }
            }
            expect(told);
        }

        private void entry(String about) throws IOException, UnusableExport {
            JsonNode record = MAPPER.readTree(json);
            Map<String, SaidOfPerson> said = new TreeMap<>();
            for (JsonNode each : record.path("personal")) {
                said.put(
                        text(each, "digest"),
                        new SaidOfPerson(HexFormat.of().formatHex(bytes(text(each, "salt"))), text(each, "value")));
            }
            StoredEntry entry = new StoredEntry(
                    about,
                    record.path("number").asInt(),
                    instant(text(record, "at")),
                    text(record, "actor"),
                    text(record, "what"),
                    text(record, "document"),
                    hash(text(record, "previous")),
                    hash(text(record, "hash")));
            reader.entry(entry, said);
        }

        private void seal() throws IOException, UnusableExport {
            int number = -1;
            String document = null;
            byte[] previous = null;
            byte[] hash = null;
            boolean told = false;
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                json.nextToken();
                switch (field) {
                    case "number" -> number = json.getValueAsInt(-1);
                    case "document" -> document = text();
                    case "previous" -> previous = hash(text());
                    case "hash" -> hash = hash(text());
                    case "lines" -> {
                        if (document == null || previous == null || hash == null) {
                            throw broken();
                        }
                        reader.seal(number, document, previous, hash);
                        told = true;
                        expect(json.currentToken() == JsonToken.START_ARRAY);
                        while (json.nextToken() != JsonToken.END_ARRAY) {
                            reader.sealedLine(text());
                        }
                    }
                    default -> json.skipChildren();
                }
            }
            if (document == null || previous == null || hash == null) {
                throw broken();
            }
            if (!told) {
                reader.seal(number, document, previous, hash);
            }
            reader.endOfSeal();
        }

        private void forEach(Record record) throws IOException, UnusableExport {
            expect(json.currentToken() == JsonToken.START_ARRAY);
            while (json.nextToken() != JsonToken.END_ARRAY) {
                expect(json.currentToken() == JsonToken.START_OBJECT);
                record.read();
            }
        }

        private String text() throws IOException, UnusableExport {
            expect(json.currentToken() == JsonToken.VALUE_STRING);
            return json.getText();
        }

        private String text(JsonNode record, String field) throws UnusableExport {
            expect(record.path(field).isTextual());
            return record.path(field).asText();
        }

        private Instant instant(String text) throws UnusableExport {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw broken();
            }
        }

        private byte[] hash(String text) throws UnusableExport {
            byte[] hash = bytes(text);
            expect(hash.length == HASH);
            return hash;
        }

        private byte[] bytes(String text) throws UnusableExport {
            try {
                return HexFormat.of().parseHex(text);
            } catch (IllegalArgumentException e) {
                throw broken();
            }
        }

        private void expect(boolean condition) throws UnusableExport {
            if (!condition) {
                throw broken();
            }
        }

        private UnusableExport broken() {
            JsonLocation where = json.currentLocation();
            return new UnusableExport("evidence.unusable.noJson", path, where.getLineNr(), where.getColumnNr());
        }
    }

    private interface Record {

        void read() throws IOException, UnusableExport;
    }
}

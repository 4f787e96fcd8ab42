package org.billingtakeover.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.billingtakeover.trail.Json;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.Records;
import org.billingtakeover.trail.Seal;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.TrailReader;
import org.billingtakeover.verifier.Finding.Kind;
import org.jspecify.annotations.Nullable;

/**
 * An export as a file, bare or in an evidence pack, read record by record. It is read at least twice, and once more for each further
 * half million entries, so that no more than the hashes of so many, or of the longest chain, are in memory at a time.
 */
final class ExportFile implements TrailReader {

    /** What the entry is called that says which files went out with the export that ends with it. */
    private static final String EXPORTED = "EVIDENCE_EXPORTED";

    private static final String RECORDED_AT = "recordedAt";
    private static final String JSON = ".json";
    private static final byte[] ZIP = {'P', 'K'};
    private static final int ENTRIES_AT_A_TIME = 500_000;

    private final Path path;
    private final int entriesAtATime;
    private Contents contents = new Contents();

    /** @throws UnusableExport if it cannot be read */
    ExportFile(Path path) throws UnusableExport {
        this(path, ENTRIES_AT_A_TIME);
    }

    ExportFile(Path path, int entriesAtATime) throws UnusableExport {
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new UnusableExport("noFile", path);
        }
        this.path = path;
        this.entriesAtATime = entriesAtATime;
    }

    @Override
    public long count() {
        return 0;
    }

    @Override
    public boolean beginsWithFirstSeal() {
        return false;
    }

    @Override
    public void read(Records records) throws IOException {
        contents = open(records);
    }

    @Override
    public void readChains(Collection<String> about, Records records) throws IOException {
        open(records);
    }

    @Override
    public void compareSealed(SealedLines found) throws IOException {
        long parts = 1 + contents.entries / entriesAtATime;
        for (int part = 0; part < parts; part++) {
            SealedPart some = new SealedPart(part, parts, found);
            open(some);
            some.rest();
        }
    }

    /** What does not fit of the file itself: how much it says that it holds, where its records stand, and the files beside it. */
    List<Finding> misfits(boolean isGoodSoFar) throws IOException {
        List<Finding> misfits = new ArrayList<>(contents.misplaced);
        if (contents.chainCount != contents.chains) {
            misfits.add(counted(Kind.CHAINS_MISCOUNTED, contents.chainCount, contents.chains));
        }
        if (isGoodSoFar && misfits.isEmpty() && contents.entryCount != contents.entries) {
            misfits.add(counted(Kind.ENTRIES_MISCOUNTED, contents.entryCount, contents.entries));
        }
        // The last download of a case that its chain tells of is that of the pack itself.
        others().forEach((name, digest) -> {
            if (!digest.equals(contents.files.get(name))) {
                misfits.add(new Finding(Kind.FILE_ALTERED, name, 0, 0, null));
            }
        });
        return misfits;
    }

    UnusableExport unreadable(IOException e) {
        return new UnusableExport("unreadable", path, e.getClass().getSimpleName());
    }

    private static Finding counted(Kind kind, long said, long counted) {
        return new Finding(
                kind, "", (int) Math.min(said, Integer.MAX_VALUE), (int) Math.min(counted, Integer.MAX_VALUE), null);
    }

    /** The other files of an evidence pack: names and their SHA-256 in hexadecimal digits; none beside a bare export. */
    private Map<String, String> others() throws IOException {
        Map<String, String> digests = new TreeMap<>();
        if (isZip()) {
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
            } catch (ZipException e) {
                throw new UnusableExport("zip", path);
            }
        }
        return digests;
    }

    private boolean isZip() throws IOException {
        try (InputStream bytes = Files.newInputStream(path)) {
            return Arrays.equals(bytes.readNBytes(ZIP.length), ZIP);
        }
    }

    private Contents open(Records records) throws IOException {
        if (!isZip()) {
            try (InputStream bytes = Files.newInputStream(path)) {
                return read(bytes, records);
            }
        }
        try (ZipFile zip = new ZipFile(path.toFile())) {
            List<ZipEntry> exports = zip.stream()
                    .filter(entry -> entry.getName().endsWith(JSON))
                    .map(each -> (ZipEntry) each)
                    .toList();
            if (exports.size() != 1) {
                throw new UnusableExport("noExport", path, exports.size());
            }
            try (InputStream bytes = zip.getInputStream(exports.get(0))) {
                return read(bytes, records);
            }
        } catch (ZipException e) {
            throw new UnusableExport("zip", path);
        }
    }

    private Contents read(InputStream bytes, Records records) throws IOException {
        try {
            return new Reading(Json.of(bytes), records).read();
        } catch (Json.Broken e) {
            throw new UnusableExport("noJson", path, e.line, e.column);
        }
    }

    /** What the file holds, as it was last read. */
    private static final class Contents {

        private final List<Finding> misplaced = new ArrayList<>();
        private Map<String, String> files = Map.of();
        private long chainCount = -1;
        private long entryCount = -1;
        private long chains;
        private long entries;
        private String last = "";

        void chain(String about) {
            if (about.compareTo(last) <= 0) {
                misplaced.add(new Finding(Kind.CHAIN_MISPLACED, about, 0, 0, null));
            }
            last = about;
            chains++;
        }

        void entry(StoredEntry entry) {
            entries++;
            if (entry.what().equals(EXPORTED)
                    && entry.said().get("content") instanceof Map<?, ?> content
                    && content.get("files") instanceof List<?> told) {
                files = new TreeMap<>();
                for (Object each : told) {
                    if (each instanceof Map<?, ?> file) {
                        files.put(String.valueOf(file.get("name")), String.valueOf(file.get("sha256")));
                    }
                }
            }
        }
    }

    private final class Reading {

        private final Json json;
        private final Records records;
        private final Contents contents = new Contents();
        private boolean known;
        private boolean complete;

        private String about = "";
        private int length;
        private boolean told;

        Reading(Json json, Records records) {
            this.json = json;
            this.records = records;
        }

        Contents read() throws IOException {
            json.object(field -> {
                switch (field) {
                    case "format" -> known = VerifyExport.FORMAT.equals(json.value());
                    case "version" -> {
                        long version = number();
                        if (version != VerifyExport.VERSION) {
                            throw new UnusableExport("version", path, version, VerifyExport.VERSION);
                        }
                    }
                    case "chainCount" -> contents.chainCount = number();
                    case "entryCount" -> contents.entryCount = number();
                    case "chains" -> {
                        expectKnown();
                        json.array(this::chain);
                    }
                    case "seals" -> json.array(this::seal);
                    case "complete" -> complete = Boolean.TRUE.equals(json.value());
                    default -> json.value();
                }
            });
            expectKnown();
            expect(complete);
            json.end();
            return contents;
        }

        private void chain() throws IOException {
            about = "";
            length = -1;
            told = false;
            json.object(field -> {
                switch (field) {
                    case "case" -> about = json.text();
                    case "length" -> length = small(json.value());
                    case "entries" -> {
                        expect(length >= 0 && !about.isEmpty());
                        contents.chain(about);
                        records.chain(about, length);
                        json.array(this::entry);
                        records.endOfChain();
                        told = true;
                    }
                    default -> json.value();
                }
            });
            expect(told);
        }

        private void entry() throws IOException {
            Map<?, ?> record = object(json.value());
            Map<String, KnownEntry.Said> said = new TreeMap<>();
            if (record.get("personal") instanceof List<?> persons) {
                for (Object each : persons) {
                    Map<?, ?> person = object(each);
                    String salt = HexFormat.of().formatHex(bytes(text(person, "salt")));
                    said.put(text(person, "digest"), new KnownEntry.Said(salt, text(person, "value")));
                }
            }
            StoredEntry entry = new StoredEntry(
                    about,
                    small(record.get("number")),
                    instant(text(record, "at")),
                    text(record, "actor"),
                    text(record, "what"),
                    text(record, "document"),
                    hash(text(record, "previous")),
                    hash(text(record, "hash")),
                    recordedAt(record));
            contents.entry(entry);
            records.entry(new KnownEntry(entry, said));
        }

        private void seal() throws IOException {
            Map<?, ?> record = object(json.value());
            boolean hasLines = record.get("lines") instanceof List<?>;
            records.seal(
                    new Seal(
                            small(record.get("number")),
                            text(record, "document"),
                            hash(text(record, "previous")),
                            hash(text(record, "hash")),
                            recordedAt(record)),
                    hasLines);
            if (record.get("lines") instanceof List<?> lines) {
                for (Object line : lines) {
                    records.sealedLine(String.valueOf(line));
                }
            }
            records.endOfSeal();
        }

        /** -1 where there is none. */
        private long number() throws IOException {
            return json.value() instanceof Long given ? given : -1;
        }

        private static int small(@Nullable Object number) {
            return number instanceof Long given && given == given.intValue() ? given.intValue() : -1;
        }

        private String text(Map<?, ?> record, String field) throws IOException {
            if (record.get(field) instanceof String text) {
                return text;
            }
            throw json.broken();
        }

        private Map<?, ?> object(@Nullable Object value) throws IOException {
            if (value instanceof Map<?, ?> object) {
                return object;
            }
            throw json.broken();
        }

        /** Earlier exports do not tell it. */
        private @Nullable Instant recordedAt(Map<?, ?> record) throws IOException {
            return record.containsKey(RECORDED_AT) ? instant(text(record, RECORDED_AT)) : null;
        }

        private Instant instant(String text) throws IOException {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw json.broken();
            }
        }

        private byte[] hash(String text) throws IOException {
            byte[] bytes = bytes(text);
            expect(bytes.length == Sha256.LENGTH);
            return bytes;
        }

        private byte[] bytes(String text) throws IOException {
            try {
                return HexFormat.of().parseHex(text);
            } catch (IllegalArgumentException e) {
                throw json.broken();
            }
        }

        private void expect(boolean condition) throws IOException {
            if (!condition) {
                throw json.broken();
            }
        }

        private void expectKnown() throws UnusableExport {
            if (!known) {
                throw new UnusableExport("format", path);
            }
        }
    }

    /** Some of the chains, held against the seals. */
    private static final class SealedPart implements Records {

        private final Map<String, Chain> chains = new HashMap<>();
        private final long part;
        private final long parts;
        private final SealedLines found;
        private @Nullable Chain current;
        private int seal;

        SealedPart(long part, long parts, SealedLines found) {
            this.part = part;
            this.parts = parts;
            this.found = found;
        }

        @Override
        public void chain(String about, int length) {
            current = Math.floorMod(about.hashCode(), parts) == part ? new Chain() : null;
            if (current != null) {
                chains.put(about, current);
            }
        }

        @Override
        public void entry(KnownEntry entry) {
            if (current != null) {
                current.hashes.add(entry.stored().hash());
            }
        }

        @Override
        public void seal(Seal sealed, boolean hasLines) {
            seal = sealed.number();
        }

        @Override
        public void sealedLine(String line) {
            String[] words = line.split(" ");
            Chain chain = words.length == 3 ? chains.get(words[0]) : null;
            if (chain != null) {
                int number = numberOf(words[1]);
                chain.sealed = Math.max(chain.sealed, number);
                int present = chain.hashes.size();
                boolean isThere = number <= present;
                if (!isThere
                        || !HexFormat.of()
                                .formatHex(chain.hashes.get(number - 1))
                                .equals(words[2])) {
                    found.differs(words[0], number, seal, isThere, present);
                }
            }
        }

        /** The product exports what is sealed, so that nobody can add to it or take the lines of a seal away. */
        void rest() {
            chains.forEach((about, chain) -> {
                if (chain.sealed < chain.hashes.size()) {
                    found.lacks(about, chain.sealed + 1, chain.hashes.size());
                }
            });
        }

        /** What is no number seals nothing; the digest of the lines says that it was altered. */
        private static int numberOf(String text) {
            return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
        }
    }

    private static final class Chain {

        final List<byte[]> hashes = new ArrayList<>();
        int sealed;
    }
}

package org.billingtakeover.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.billingtakeover.trail.BrokenChain;
import org.billingtakeover.trail.Finding;
import org.billingtakeover.trail.Finding.Kind;
import org.billingtakeover.trail.Link;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail.SaidOfPerson;
import org.billingtakeover.trail.VerifyTrail;
import org.jspecify.annotations.Nullable;

/**
 * Proves that an export is as it was written, or says what is not. Needs the file alone. It reads the file at least twice, and once more
 * for each further million entries, so that no more than the hashes of so many, or of the longest chain, are in memory at a time.
 */
public final class VerifyExport {

    private static final int ENTRIES_AT_A_TIME = 1_000_000;
    private static final int FINDINGS_KEPT = 1000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ExportFile file;
    private final @Nullable NotedSeal noted;
    private final int entriesAtATime;

    private final List<Finding> findings = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final Set<String> brokenChains = new HashSet<>();
    private long findingCount;
    private @Nullable Map<String, String> files;

    VerifyExport(ExportFile file, @Nullable NotedSeal noted, int entriesAtATime) {
        this.file = file;
        this.noted = noted;
        this.entriesAtATime = entriesAtATime;
    }

    /**
     * @param noted a seal that somebody noted down elsewhere; null for none
     * @throws UnusableExport if the file is no whole export, or does not reach as far as the noted seal
     */
    public static Report of(Path path, @Nullable NotedSeal noted) throws UnusableExport {
        return new VerifyExport(new ExportFile(path), noted, ENTRIES_AT_A_TIME).verify();
    }

    /** A seal as the product's log and the pages tell it. */
    public record NotedSeal(int number, String hash) {}

    /** Something that is not as it should be, and is none of the entries or seals. */
    public record Remark(String code, List<Object> arguments) {}

    /**
     * @param findings the first of them
     * @param remarks likewise
     * @param lastSeal the newest seal, to be compared with what the log says: {@code <number>:<hash>}; null if there is none
     */
    public record Report(
            long chains,
            long entries,
            long seals,
            List<Finding> findings,
            List<Remark> remarks,
            long findingCount,
            @Nullable String lastSeal) {

        public boolean isGood() {
            return findingCount == 0;
        }
    }

    Report verify() throws UnusableExport {
        Overview overview = new Overview();
        ExportFile.Counts counts = file.read(overview);
        explainBrokenChains();
        long parts = 1 + overview.entries / entriesAtATime;
        for (int part = 0; part < parts; part++) {
            Sealed sealed = new Sealed(part, parts);
            file.read(sealed);
            sealed.rest();
        }
        if (counts.chains() != overview.chains) {
            remark("evidence.found.chains", counts.chains(), overview.chains);
        }
        if (findingCount == 0 && counts.entries() != overview.entries) {
            remark("evidence.found.entries", counts.entries(), overview.entries);
        }
        checkNoted(overview);
        checkFiles();
        return new Report(
                overview.chains,
                overview.entries,
                overview.seals,
                List.copyOf(findings),
                List.copyOf(remarks),
                findingCount,
                overview.seals == 0 ? null : overview.lastSeal + ":" + hex(overview.lastSealHash));
    }

    private void checkNoted(Overview overview) throws UnusableExport {
        if (noted == null) {
            return;
        }
        if (overview.notedHash == null) {
            throw new UnusableExport("evidence.unusable.seal", noted.number(), overview.firstSeal, overview.lastSeal);
        }
        if (!overview.notedHash.equals(noted.hash())) {
            remark("evidence.found.seal", noted.number());
        }
    }

    /** The last download of a case that its chain tells of is that of the pack itself. */
    private void checkFiles() throws UnusableExport {
        Map<String, String> others = file.others();
        for (Map.Entry<String, String> other : others.entrySet()) {
            if (files == null || !other.getValue().equals(files.get(other.getKey()))) {
                remark("evidence.found.file", other.getKey());
            }
        }
    }

    /** Only chains that do not hold are read again, one at a time. */
    private void explainBrokenChains() throws UnusableExport {
        if (brokenChains.isEmpty()) {
            return;
        }
        Set<String> broken = Set.copyOf(brokenChains);
        file.read(new ExportFile.Reader() {

            private final List<Link> links = new ArrayList<>();
            private String about = "";
            private int length;

            @Override
            public void chain(String newAbout, int newLength) {
                about = newAbout;
                length = newLength;
            }

            @Override
            public void entry(StoredEntry entry, Map<String, SaidOfPerson> said) {
                if (broken.contains(about)) {
                    Link link = Link.of(entry);
                    links.add(new Link(link.number(), link.previous(), link.hash(), isIntact(entry)));
                }
            }

            @Override
            public void endOfChain() {
                if (!links.isEmpty()) {
                    explain();
                    links.clear();
                }
            }

            private void explain() {
                List<Link> byNumber = new ArrayList<>(links);
                byNumber.sort(Comparator.comparingInt(Link::number));
                List<Finding> found = new ArrayList<>(new BrokenChain(about, byNumber, length).findings());
                int last = byNumber.get(byNumber.size() - 1).number();
                if (last < length && found.stream().noneMatch(each -> each.kind() == Kind.MISSING)) {
                    found.add(new Finding(Kind.MISSING, about, last + 1, length, null));
                }
                if (found.isEmpty()) {
                    changedPlaces(found);
                }
                found.forEach(VerifyExport.this::found);
            }

            /** Lines that stand elsewhere, though each still says its number. */
            private void changedPlaces(List<Finding> found) {
                for (int i = 0; i < links.size(); i++) {
                    int number = links.get(i).number();
                    if (number != i + 1) {
                        found.add(new Finding(Kind.MOVED, about, i + 1, number, null));
                    }
                }
            }
        });
    }

    private void found(Finding finding) {
        findingCount++;
        if (findings.size() < FINDINGS_KEPT) {
            findings.add(finding);
        }
    }

    private void remark(String code, Object... arguments) {
        findingCount++;
        if (remarks.size() < FINDINGS_KEPT) {
            remarks.add(new Remark(code, List.of(arguments)));
        }
    }

    private static boolean isIntact(StoredEntry entry) {
        try {
            return entry.isIntact();
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** Chains and seals, each in itself. */
    private final class Overview implements ExportFile.Reader {

        private final TreeMap<String, Integer> missing = new TreeMap<>();
        private long chains;
        private long entries;
        private long seals;

        private String about = "";
        private int length;
        private int last;
        private byte[] hash = Sha256.nothingBefore();
        private boolean holds;

        private int firstSeal;
        private int lastSeal;
        private byte[] lastSealHash = Sha256.nothingBefore();
        private String document = "";
        private @Nullable MessageDigest lines;
        private @Nullable String notedHash;

        @Override
        public void chain(String newAbout, int newLength) {
            if (newAbout.compareTo(about) <= 0) {
                remark("evidence.found.chainMisplaced", newAbout, about);
            }
            about = newAbout;
            length = newLength;
            last = 0;
            hash = Sha256.nothingBefore();
            holds = true;
            missing.clear();
            chains++;
        }

        @Override
        public void entry(StoredEntry entry, Map<String, SaidOfPerson> said) {
            entries++;
            holds = holds
                    && entry.number() == last + 1
                    && Arrays.equals(entry.previous(), hash)
                    && VerifyExport.isIntact(entry);
            last = entry.number();
            hash = entry.hash();
            if (holds) {
                said(entry, said);
                rememberFiles(entry);
            }
        }

        private void said(StoredEntry entry, Map<String, SaidOfPerson> said) {
            Set<String> digests = entry.personalDigests();
            said.forEach((digest, each) -> {
                byte[] salt = HexFormat.of().parseHex(each.salt());
                if (!digests.contains(digest)
                        || !hex(Sha256.of(salt, each.value())).equals(digest)) {
                    found(Finding.of(Kind.PERSONAL_ALTERED, about, entry.number()));
                }
            });
            if (entry.what().equals(VerifyTrail.ERASED)) {
                missing.clear();
            }
            digests.stream()
                    .filter(digest -> !said.containsKey(digest))
                    .forEach(digest -> missing.put(digest, entry.number()));
        }

        private void rememberFiles(StoredEntry entry) {
            if (entry.what().equals(Downloads.EXPORTED)) {
                Map<String, String> told = new TreeMap<>();
                for (JsonNode each : entry.read().path("content").path("files")) {
                    told.put(each.path("name").asText(), each.path("sha256").asText());
                }
                files = told;
            }
        }

        @Override
        public void endOfChain() {
            missing.values().forEach(number -> found(Finding.of(Kind.PERSONAL_MISSING, about, number)));
            if (!holds) {
                brokenChains.add(about);
            } else if (last < length) {
                brokenChains.add(about);
                if (last == 0) {
                    found(new Finding(Kind.MISSING, about, 1, length, null));
                }
            } else if (last > length) {
                found(new Finding(Kind.INSERTED, about, length + 1, last, null));
            }
        }

        @Override
        public void seal(int number, String newDocument, byte[] previous, byte[] newHash) {
            if (seals == 0) {
                firstSeal = number;
                if (number == 1 && !Arrays.equals(previous, Sha256.nothingBefore())) {
                    found(Finding.of(Kind.SEAL_ALTERED, "", number));
                }
            } else if (number > lastSeal + 1) {
                found(new Finding(Kind.SEAL_MISSING, "", lastSeal + 1, number - 1, null));
            } else if (number <= lastSeal) {
                remark("evidence.found.sealMisplaced", number);
            } else if (!Arrays.equals(previous, lastSealHash)) {
                found(Finding.of(Kind.SEAL_ALTERED, "", lastSeal));
            }
            if (!Arrays.equals(Sha256.of(previous, newDocument), newHash)
                    || !newDocument.endsWith("\"number\":" + number + "}")) {
                found(Finding.of(Kind.SEAL_ALTERED, "", number));
            }
            if (noted != null && noted.number() == number) {
                notedHash = hex(newHash);
            }
            document = newDocument;
            lastSeal = number;
            lastSealHash = newHash;
            lines = null;
            seals++;
        }

        @Override
        public void sealedLine(String line) {
            if (lines == null) {
                lines = Sha256.digest();
            }
            lines.update((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void endOfSeal() {
            if (lines != null && !document.contains("\"digest\":\"" + hex(lines.digest()) + "\"")) {
                found(Finding.of(Kind.SEAL_ALTERED, "", lastSeal));
            }
        }
    }

    /** Some of the chains, held against the seals. */
    private final class Sealed implements ExportFile.Reader {

        private final Map<String, Hashes> chains = new HashMap<>();
        private final long part;
        private final long parts;
        private @Nullable Hashes current;
        private int seal;

        Sealed(long part, long parts) {
            this.part = part;
            this.parts = parts;
        }

        @Override
        public void chain(String about, int length) {
            current = Math.floorMod(about.hashCode(), parts) == part ? new Hashes() : null;
            if (current != null) {
                chains.put(about, current);
            }
        }

        @Override
        public void entry(StoredEntry entry, Map<String, SaidOfPerson> said) {
            if (current != null) {
                current.add(entry.hash());
            }
        }

        @Override
        public void seal(int number, String document, byte[] previous, byte[] hash) {
            seal = number;
        }

        @Override
        public void sealedLine(String line) {
            String[] words = line.split(" ");
            Hashes chain = words.length == 3 ? chains.get(words[0]) : null;
            if (chain != null) {
                int number = numberOf(words[1]);
                chain.sealed = Math.max(chain.sealed, number);
                if (chain.count < number && brokenChains.add(words[0])) {
                    found(new Finding(Kind.MISSING, words[0], chain.count + 1, number, seal));
                } else if (chain.count >= number
                        && !chain.hash(number).equals(words[2])
                        && brokenChains.add(words[0])) {
                    found(new Finding(Kind.REWRITTEN, words[0], 1, number, seal));
                }
            }
        }

        /** The product exports what is sealed, so that nobody can add to it or take the lines of a seal away. */
        void rest() {
            chains.forEach((about, chain) -> {
                if (chain.sealed < chain.count && !brokenChains.contains(about)) {
                    remark("evidence.found.notSealed", about, chain.sealed + 1, chain.count);
                }
            });
        }

        /** What is no number seals nothing; the digest of the lines says that it was altered. */
        private static int numberOf(String text) {
            return text.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(text) : Integer.MAX_VALUE;
        }
    }

    /** Of one chain, closely packed. */
    private static final class Hashes {

        private static final int LENGTH = 32;

        private byte[] hashes = new byte[LENGTH];
        private int count;
        private int sealed;

        void add(byte[] hash) {
            if (hashes.length == count * LENGTH) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            }
            System.arraycopy(hash, 0, hashes, count * LENGTH, LENGTH);
            count++;
        }

        String hash(int number) {
            return hex(Arrays.copyOfRange(hashes, (number - 1) * LENGTH, number * LENGTH));
        }
    }
}

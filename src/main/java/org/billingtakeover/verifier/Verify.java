package org.billingtakeover.verifier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.billingtakeover.trail.ErasePersonalData;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.Records;
import org.billingtakeover.trail.Seal;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail;
import org.billingtakeover.trail.TrailReader;
import org.billingtakeover.verifier.Finding.Kind;
import org.jspecify.annotations.Nullable;

/** Proves that a trail is as it was written, or says what is not: each chain in itself, each seal in itself, and one against the other. */
public final class Verify {

    /** Of a trail that is bad throughout, this many findings show how. */
    public static final int FINDINGS_KEPT = 1000;

    private static final int CHAINS_BETWEEN = 500;

    private final TrailReader trail;
    private final Set<NotedSeal> notThere;
    private final Consumer<Progress> progress;
    private final @Nullable Duration farthestApart;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> brokenChains = new HashSet<>();
    private long chains;
    private long entries;
    private long seals;
    private long findingCount;
    private @Nullable Seal firstSeal;
    private @Nullable Seal lastSeal;

    Verify(
            TrailReader trail,
            Collection<NotedSeal> noted,
            @Nullable Duration farthestApart,
            Consumer<Progress> progress) {
        this.trail = trail;
        this.notThere = new HashSet<>(noted);
        this.farthestApart = farthestApart;
        this.progress = progress;
    }

    /**
     * How far a verification is.
     *
     * @param all how many entries there are
     */
    public record Progress(long entries, long all) {

        public int percent() {
            return all == 0 ? 100 : (int) (100 * entries / all);
        }
    }

    /** As the other, with a clock of the product that can be moved. */
    public static Report stored(StoredTrail trail, Collection<NotedSeal> noted, Consumer<Progress> progress) {
        return stored(trail, noted, null, progress);
    }

    /**
     * Verifies the trail of the database as it stands now.
     *
     * @param noted seals that were noted down elsewhere
     * @param farthestApart of the product's clock and the database's; null where the product's can be moved
     * @param progress is told every few chains
     */
    public static Report stored(
            StoredTrail trail,
            Collection<NotedSeal> noted,
            @Nullable Duration farthestApart,
            Consumer<Progress> progress) {
        try {
            return trail.atOneInstant(() -> {
                Verify verify = new Verify(trail, noted, farthestApart, progress);
                verify.run();
                return verify.report();
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void run() throws IOException {
        long all = trail.count();
        trail.read(new Reading(all));
        progress.accept(new Progress(entries, all));
        if (!brokenChains.isEmpty()) {
            Explaining explaining = new Explaining();
            trail.readChains(explaining.broken, explaining);
        }
        trail.compareSealed(new TrailReader.SealedLines() {

            @Override
            public void differs(String about, int number, int seal, boolean isThere, int present) {
                if (brokenChains.add(about)) {
                    found(new Finding(
                            isThere ? Kind.REWRITTEN : Kind.MISSING, about, isThere ? 1 : present + 1, number, seal));
                }
            }

            @Override
            public void lacks(String about, int from, int to) {
                if (!brokenChains.contains(about)) {
                    found(new Finding(Kind.NOT_SEALED, about, from, to, null));
                }
            }
        });
    }

    Report report() {
        List<NotedSeal> missing = notThere.stream()
                .sorted(Comparator.comparingInt(NotedSeal::number))
                .toList();
        return new Report(chains, entries, seals, List.copyOf(findings), findingCount, firstSeal, lastSeal, missing);
    }

    void found(Finding finding) {
        findingCount++;
        if (findings.size() < FINDINGS_KEPT) {
            findings.add(finding);
        }
    }

    /** Chains and seals, each in itself. */
    private final class Reading implements Records {

        private final long all;
        /** What is said of people, is no longer known, and was not erased so far: digest to the number of its entry. */
        private final Map<String, Integer> missing = new TreeMap<>();

        private String about = "";
        private int length;
        private int last;
        private byte[] hash = Sha256.nothingBefore();
        private boolean holds;
        private RecordedTimes times = RecordedTimes.ofChain(farthestApart);
        private final RecordedTimes timesOfSeals = RecordedTimes.ofSeals(farthestApart);
        private @Nullable MessageDigest lines;

        Reading(long all) {
            this.all = all;
        }

        @Override
        public void chain(String newAbout, int newLength) {
            about = newAbout;
            length = newLength;
            last = 0;
            hash = Sha256.nothingBefore();
            holds = true;
            times = RecordedTimes.ofChain(farthestApart);
            missing.clear();
            chains++;
        }

        @Override
        public void entry(KnownEntry known) {
            StoredEntry entry = known.stored();
            entries++;
            holds = holds && entry.number() == last + 1 && Arrays.equals(entry.previous(), hash) && entry.isIntact();
            last = entry.number();
            hash = entry.hash();
            if (holds) {
                checkSaid(known);
                times.next(entry::at, entry.recordedAt())
                        .forEach(kind -> found(Finding.of(kind, about, entry.number())));
            }
        }

        private void checkSaid(KnownEntry known) {
            StoredEntry entry = known.stored();
            Set<String> digests = entry.personalDigests();
            known.said().forEach((digest, said) -> {
                byte[] salt = HexFormat.of().parseHex(said.salt());
                if (!digests.contains(digest)
                        || !HexFormat.of()
                                .formatHex(Sha256.of(salt, said.value()))
                                .equals(digest)) {
                    found(Finding.of(Kind.PERSONAL_ALTERED, about, entry.number()));
                }
            });
            if (entry.what().equals(ErasePersonalData.ERASED)) {
                missing.clear();
            }
            digests.stream()
                    .filter(digest -> !known.said().containsKey(digest))
                    .forEach(digest -> missing.put(digest, entry.number()));
        }

        @Override
        public void endOfChain() {
            missing.values().forEach(number -> found(Finding.of(Kind.PERSONAL_MISSING, about, number)));
            if (!holds || last != length) {
                brokenChains.add(about);
            }
            if (last == 0 && length > 0) {
                found(new Finding(Kind.MISSING, about, 1, length, null));
            } else if (holds && last > length) {
                found(new Finding(Kind.INSERTED, about, length + 1, last, null));
            }
            if (chains % CHAINS_BETWEEN == 0) {
                progress.accept(new Progress(entries, all));
            }
        }

        @Override
        public void seal(Seal seal, boolean hasLines) {
            Seal before = lastSeal;
            int next = before != null ? before.number() + 1 : trail.beginsWithFirstSeal() ? 1 : seal.number();
            if (seal.number() > next) {
                found(new Finding(Kind.SEAL_MISSING, "", next, seal.number() - 1, null));
            } else if (seal.number() < next) {
                found(Finding.of(Kind.SEAL_MISPLACED, "", seal.number()));
            } else if (before != null || next == 1) {
                byte[] previous = before == null ? Sha256.nothingBefore() : before.hash();
                if (!Arrays.equals(seal.previous(), previous)) {
                    found(Finding.of(Kind.SEAL_ALTERED, "", Math.max(1, next - 1)));
                }
            }
            if (!seal.isIntact()) {
                found(Finding.of(Kind.SEAL_ALTERED, "", seal.number()));
            } else {
                checkTime(seal);
            }
            notThere.removeIf(
                    noted -> noted.number() == seal.number() && noted.hash().equals(seal.hex()));
            firstSeal = firstSeal == null ? seal : firstSeal;
            lastSeal = seal;
            lines = hasLines ? Sha256.digest() : null;
            seals++;
        }

        private void checkTime(Seal seal) {
            try {
                timesOfSeals
                        .next(seal::at, seal.recordedAt())
                        .forEach(kind -> found(Finding.of(kind, "", seal.number())));
            } catch (DateTimeException e) {
                // The product seals at a time; only somebody else can have sealed with anything else.
                found(Finding.of(Kind.SEAL_ALTERED, "", seal.number()));
            }
        }

        @Override
        public void sealedLine(String line) {
            if (lines != null) {
                lines.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }

        @Override
        public void endOfSeal() {
            if (lines != null
                    && lastSeal != null
                    && !lastSeal.seals(HexFormat.of().formatHex(lines.digest()))) {
                found(Finding.of(Kind.SEAL_ALTERED, "", lastSeal.number()));
            }
        }
    }

    /** What was done to chains that do not hold. */
    private final class Explaining implements Records {

        private final Set<String> broken = Set.copyOf(brokenChains);
        private final List<Link> links = new ArrayList<>();
        private String about = "";
        private int length;

        @Override
        public void chain(String newAbout, int newLength) {
            about = newAbout;
            length = newLength;
        }

        @Override
        public void entry(KnownEntry entry) {
            if (broken.contains(about)) {
                links.add(Link.of(entry.stored()));
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
            List<Finding> explained = new ArrayList<>(new BrokenChain(about, byNumber, length).findings());
            int last = byNumber.get(byNumber.size() - 1).number();
            if (last < length && explained.stream().noneMatch(each -> each.kind() == Kind.MISSING)) {
                explained.add(new Finding(Kind.MISSING, about, last + 1, length, null));
            }
            if (explained.isEmpty()) {
                changedPlaces(explained);
            }
            explained.forEach(Verify.this::found);
        }

        /** Records that stand elsewhere in a file, though each still says its number. */
        private void changedPlaces(List<Finding> explained) {
            for (int i = 0; i < links.size(); i++) {
                int number = links.get(i).number();
                if (number != i + 1) {
                    explained.add(new Finding(Kind.MOVED, about, i + 1, number, null));
                }
            }
        }
    }
}

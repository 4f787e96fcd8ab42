package org.billingtakeover.trail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.billingtakeover.trail.Finding.Kind;
import org.billingtakeover.trail.StoredTrail.SealedEntry;
import org.billingtakeover.trail.StoredTrail.StoredSeal;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Proves that the trail is as it was written, or says what is not. */
@Component
public class VerifyTrail {

    /** Of a trail that is bad throughout, this many findings show how. */
    public static final int FINDINGS_KEPT = 1000;

    /** What an entry is called that says that values said of people were erased. */
    public static final String ERASED = "PERSONAL_DATA_ERASED";

    private static final int CHAINS_TOGETHER = 500;

    private final StoredTrail stored;

    VerifyTrail(StoredTrail stored) {
        this.stored = stored;
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

    /**
     * @param findings the first {@link #FINDINGS_KEPT}
     * @param findingCount how many there are in all
     * @param lastSeal the newest seal, to be written down elsewhere: {@code <number>:<hash>}; null before the first
     */
    public record Report(
            long chains,
            long entries,
            long seals,
            List<Finding> findings,
            long findingCount,
            @Nullable String lastSeal) {

        public boolean isGood() {
            return findingCount == 0;
        }
    }

    /** @param progress is told every few chains */
    public Report verify(Consumer<Progress> progress) {
        Verification verification = new Verification(progress);
        stored.atOneInstant(verification::run);
        return verification.report();
    }

    private final class Verification {

        private final Consumer<Progress> progress;
        private final List<Finding> findings = new ArrayList<>();
        private final Set<String> brokenChains = new HashSet<>();
        private final List<Chain> finished = new ArrayList<>();
        private long all;
        private long chains;
        private long entries;
        private long seals;
        private long findingCount;
        private @Nullable Chain current;
        private byte[] lastSealHash = Sha256.nothingBefore();
        private int lastSeal;

        Verification(Consumer<Progress> progress) {
            this.progress = progress;
        }

        void run() {
            all = stored.count();
            stored.forEachEntry(this::entry);
            finish();
            checkFinished();
            stored.vanished().forEach((about, length) -> found(new Finding(Kind.MISSING, about, 1, length, null)));
            stored.casesWithAlteredValues()
                    .forEach(about -> found(new Finding(Kind.PERSONAL_ALTERED, about, 0, 0, null)));
            stored.forEachSeal(this::seal);
            stored.forEachSealedOtherwise(this::sealedOtherwise);
        }

        Report report() {
            String newest =
                    lastSeal == 0 ? null : lastSeal + ":" + HexFormat.of().formatHex(lastSealHash);
            return new Report(chains, entries, seals, List.copyOf(findings), findingCount, newest);
        }

        private void entry(StoredEntry entry) {
            if (current == null || !current.about.equals(entry.about())) {
                finish();
                current = new Chain(entry.about());
            }
            current.add(entry);
            entries++;
        }

        private void finish() {
            if (current != null) {
                finished.add(current);
                current = null;
                chains++;
            }
            if (finished.size() == CHAINS_TOGETHER) {
                checkFinished();
            }
        }

        private void checkFinished() {
            Map<String, Integer> lengths =
                    stored.lengths(finished.stream().map(chain -> chain.about).toList());
            Set<String> gone = stored.withoutValue(finished.stream()
                    .flatMap(chain -> chain.values.keySet().stream())
                    .toList());
            for (Chain chain : finished) {
                check(chain, lengths.getOrDefault(chain.about, 0));
                chain.values.forEach((digest, number) -> {
                    if (gone.contains(digest)) {
                        found(Finding.of(Kind.PERSONAL_MISSING, chain.about, number));
                    }
                });
            }
            finished.clear();
            progress.accept(new Progress(entries, all));
        }

        private void check(Chain chain, int length) {
            if (chain.holds && chain.last == length) {
                return;
            }
            brokenChains.add(chain.about);
            if (!chain.holds) {
                List<Link> links = new ArrayList<>();
                stored.forEachEntryOf(chain.about, entry -> links.add(Link.of(entry)));
                new BrokenChain(chain.about, links, length).findings().forEach(this::found);
            }
            if (chain.last < length && chain.holds) {
                found(new Finding(Kind.MISSING, chain.about, chain.last + 1, length, null));
            } else if (chain.last > length && chain.holds) {
                found(new Finding(Kind.INSERTED, chain.about, length + 1, chain.last, null));
            }
        }

        private void seal(StoredSeal seal) {
            if (seal.number() != lastSeal + 1) {
                found(new Finding(Kind.SEAL_MISSING, "", lastSeal + 1, seal.number() - 1, null));
            } else if (!Arrays.equals(seal.previous(), lastSealHash)) {
                found(Finding.of(Kind.SEAL_ALTERED, "", Math.max(1, lastSeal)));
            }
            boolean intact = Arrays.equals(Sha256.of(seal.previous(), seal.document()), seal.hash())
                    && seal.document().contains("\"digest\":\"" + seal.lines() + "\"")
                    && seal.document().endsWith("\"number\":" + seal.number() + "}");
            if (!intact) {
                found(Finding.of(Kind.SEAL_ALTERED, "", seal.number()));
            }
            lastSeal = seal.number();
            lastSealHash = seal.hash();
            seals++;
        }

        private void sealedOtherwise(SealedEntry sealed) {
            if (brokenChains.add(sealed.about())) {
                Kind kind = sealed.isThere() ? Kind.REWRITTEN : Kind.MISSING;
                int from = sealed.isThere() ? 1 : sealed.present() + 1;
                found(new Finding(kind, sealed.about(), from, sealed.number(), sealed.seal()));
            }
        }

        private void found(Finding finding) {
            findingCount++;
            brokenChains.add(finding.about());
            if (findings.size() < FINDINGS_KEPT) {
                findings.add(finding);
            }
        }
    }

    /** One chain while it is read. */
    private static final class Chain {

        final String about;
        /** What is said of people and was not erased since: digest to the number of its entry. */
        final Map<String, Integer> values = new HashMap<>();

        private byte[] hash = Sha256.nothingBefore();
        private int last;
        private boolean holds = true;

        Chain(String about) {
            this.about = about;
        }

        void add(StoredEntry entry) {
            holds = holds && entry.number() == last + 1 && Arrays.equals(entry.previous(), hash) && entry.isIntact();
            last = entry.number();
            hash = entry.hash();
            if (!holds) {
                return;
            }
            if (entry.what().equals(ERASED)) {
                values.clear();
            }
            entry.personalDigests().forEach(digest -> values.put(digest, entry.number()));
        }
    }
}

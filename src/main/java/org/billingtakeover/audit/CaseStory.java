package org.billingtakeover.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.picture.CaseDiagrams.Ran;
import org.billingtakeover.picture.Walk;
import org.billingtakeover.picture.Walk.How;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.trail.KnownEntry;
import org.jspecify.annotations.Nullable;

/** A case as its entries tell it: pages, paper and diagrams put it into words and pictures, and read nothing else. */
public final class CaseStory {

    private final List<StoryEntry> entries;
    private final Map<QuoteNumber, Quote> quotes = new LinkedHashMap<>();
    private final Map<QuoteNumber, StoryEntry> quoteEntries = new HashMap<>();
    private final Map<String, Said.Question> questions = new LinkedHashMap<>();
    private final Set<String> answered = new HashSet<>();
    private final List<Shown> shown = new ArrayList<>();
    private final Walks walks = new Walks();
    private @Nullable Quote newestQuote;
    private @Nullable Language formLanguage;
    private @Nullable StoryEntry acknowledged;
    private @Nullable LocalDate switched;
    private @Nullable StoryEntry closed;

    private CaseStory(List<KnownEntry> entries) {
        this.entries = entries.stream().map(StoryEntry::of).toList();
        this.entries.forEach(this::add);
    }

    /** @param entries of one case, in their order */
    public static CaseStory of(List<KnownEntry> entries) {
        return new CaseStory(entries);
    }

    /**
     * Something that somebody was shown.
     *
     * @param language of a form that a member of staff decided in; null where the trail does not say, and for anything else
     * @param quoteNumber of the cost that was shown with it; null where there was none
     */
    public record Shown(
            StoryEntry entry,
            @Nullable Language language,
            @Nullable QuoteNumber quoteNumber) {}

    public List<StoryEntry> entries() {
        return entries;
    }

    public Optional<Quote> quote(QuoteNumber number) {
        return Optional.ofNullable(quotes.get(number));
    }

    /** The quote that the case was carried by; null where there was none. */
    public @Nullable Quote newestQuote() {
        return newestQuote;
    }

    /** The entry that keeps a quote. */
    public Optional<StoryEntry> entryOfQuote(QuoteNumber number) {
        return Optional.ofNullable(quoteEntries.get(number));
    }

    /** One for each time that the client was asked, as it stood last. */
    public Collection<Said.Question> questions() {
        return questions.values();
    }

    /** In the order in which it was shown. */
    public List<Shown> shown() {
        return shown;
    }

    /** Who acknowledged the cost that counts for the firm; null if nobody did. */
    public @Nullable StoryEntry acknowledged() {
        return acknowledged;
    }

    /** The first local day of the new payer; null if the payer did not change. */
    public @Nullable LocalDate switched() {
        return switched;
    }

    /** The entry that closed it; null while it is open. */
    public @Nullable StoryEntry closed() {
        return closed;
    }

    /** The versions of diagrams on which it ran, in the order in which it came to them. */
    public List<Ran> ran() {
        return walks.ran();
    }

    private void add(StoryEntry entry) {
        Said said = entry.said();
        if (said instanceof Said.Quoted quoted) {
            newestQuote = quoted.quote();
            quotes.put(newestQuote.number(), newestQuote);
            quoteEntries.put(newestQuote.number(), entry);
        } else if (said instanceof Said.Question question) {
            ask(entry, question);
        } else if (said instanceof Said.Mailed) {
            shown.add(new Shown(entry, null, null));
        } else if (said instanceof Said.Switched change) {
            switched = change.billingDate();
        } else if (said instanceof Said.FormShown form) {
            formLanguage = form.language();
        }
        switch (entry.what()) {
            case "QUOTE_MADE" -> acknowledged = null;
            case "CLOSED" -> closed = entry;
            case "FIRM_TAKES_OVER", "FIRM_PREFERS_CLIENT_TAKES_OVER", "FIRM_LEAVES_BILLS_SEPARATE" -> {
                shown.add(new Shown(entry, formLanguage, quoteNumber(entry)));
                acknowledged = entry.what().equals("FIRM_TAKES_OVER") ? entry : acknowledged;
            }
            default -> {}
        }
        walks.add(entry);
    }

    private static @Nullable QuoteNumber quoteNumber(StoryEntry entry) {
        return entry.detail() == null ? null : new QuoteNumber(entry.detail());
    }

    private void ask(StoryEntry entry, Said.Question question) {
        boolean isNew = questions.put(question.request(), question) == null;
        if (question.answer() == null ? isNew : answered.add(question.request())) {
            shown.add(new Shown(entry, null, question.quoteNumber()));
        }
    }

    private record Version(String process, int version) {}

    /** What the entries of a case say of its diagrams. */
    private static final class Walks {

        private final Map<Version, List<Walk.Step>> walks = new LinkedHashMap<>();
        private final Map<String, Integer> running = new HashMap<>();
        private final Set<Version> movedAway = new HashSet<>();

        void add(StoryEntry entry) {
            if (entry.said() instanceof Said.Walked walked) {
                walked.steps().forEach(this::step);
            } else if (entry.said() instanceof Said.Ran ran) {
                run(entry.what(), new Version(ran.process(), ran.version()));
            } else if (entry.said() instanceof Said.Troubled trouble
                    && !entry.what().equals("TRY_FAILED")) {
                // An incident names its step but not its diagram; ids of steps differ between diagrams.
                How how = entry.what().equals("INCIDENT_OPENED") ? How.FAILED : How.RESOLVED;
                walks.values().forEach(steps -> steps.add(new Walk.Step(trouble.step(), how)));
            }
        }

        List<Ran> ran() {
            return walks.entrySet().stream()
                    .map(walk -> {
                        Version on = walk.getKey();
                        boolean over = running.getOrDefault(on.process, 0) <= 0 || movedAway.contains(on);
                        return new Ran(on.process, on.version, new Walk(walk.getValue(), over));
                    })
                    .toList();
        }

        private void run(String what, Version on) {
            switch (what) {
                case "PROCESS_STARTED" -> began(on);
                case "PROCESS_ENDED" -> ended(on);
                default -> moved(on);
            }
        }

        private void step(Said.Step step) {
            Version on = new Version(step.process(), step.version());
            if (step.step() != null) {
                How how = How.valueOf(step.how().toUpperCase(Locale.ROOT));
                steps(on).add(new Walk.Step(step.step(), how));
            } else if (step.how().equals("began")) {
                began(on);
            } else {
                ended(on);
            }
        }

        private void began(Version on) {
            steps(on);
            running.merge(on.process, 1, Integer::sum);
        }

        private void ended(Version on) {
            running.merge(on.process, -1, Integer::sum);
        }

        /** What was walked on another version is shown on both. */
        private void moved(Version to) {
            Optional<Version> from = walks.keySet().stream()
                    .filter(each -> each.process.equals(to.process) && each.version != to.version)
                    .reduce((earlier, later) -> later);
            from.ifPresent(version -> {
                movedAway.add(version);
                movedAway.remove(to);
                List<Walk.Step> walked = List.copyOf(steps(version));
                steps(to).addAll(walked);
            });
        }

        private List<Walk.Step> steps(Version diagram) {
            return walks.computeIfAbsent(diagram, version -> new ArrayList<>());
        }
    }
}

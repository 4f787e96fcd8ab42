package org.billingtakeover.audit.web;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.audit.CaseStory;
import org.billingtakeover.audit.Said;
import org.billingtakeover.audit.StoryEntry;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.billing.PayerPeriods;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.NamesOfStaff;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.picture.CaseDiagrams;
import org.billingtakeover.picture.CaseDiagrams.CaseDiagram;
import org.billingtakeover.picture.PayersPicture;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.trail.Sha256;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.server.ResponseStatusException;

/** One case as auditors read it: time line, diagrams, who was shown what, who paid when; and each of its entries. */
@Controller
class CasePages {

    private final StoredTrail trail;
    private final CaseDiagrams diagrams;
    private final Takeovers takeovers;
    private final Accounts accounts;
    private final PayerPeriods periods;
    private final NamesOfStaff names;
    private final MessageSource messages;
    private final Clock clock;

    CasePages(
            StoredTrail trail,
            CaseDiagrams diagrams,
            Takeovers takeovers,
            Accounts accounts,
            PayerPeriods periods,
            NamesOfStaff names,
            MessageSource messages,
            Clock clock) {
        this.trail = trail;
        this.names = names;
        this.diagrams = diagrams;
        this.takeovers = takeovers;
        this.accounts = accounts;
        this.periods = periods;
        this.messages = messages;
        this.clock = clock;
    }

    /** An entry on the time line. */
    record Line(StoryEntry entry, String what, String actor, String summary) {}

    /** @param svg null where this version of the diagram is no longer deployed */
    record Drawn(
            String process,
            String name,
            int version,
            @Nullable String svg) {}

    /**
     * Something that somebody was shown.
     *
     * @param language null where the trail does not say
     * @param quoteEntry the entry that keeps the quote; null where none was shown
     */
    record Shown(
            StoryEntry entry,
            String who,
            String what,
            @Nullable String language,
            @Nullable String quote,
            @Nullable Integer quoteEntry) {}

    /** Who pays for a product on which days. */
    record Paid(String product, List<PayersPicture.Stretch> stretches) {}

    @GetMapping("/audit/cases/{key}")
    String timeLine(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, Locale locale, Model model) {
        Auditors.only(staff);
        Reading reading = new Reading(key, locale);
        EntryWords words = reading.words;
        model.addAttribute("takeover", reading.takeover);
        model.addAttribute("account", reading.account);
        model.addAttribute("zone", reading.zone);
        model.addAttribute("lines", reading.lines());
        model.addAttribute("diagrams", reading.drawn());
        model.addAttribute("shown", reading.shown());
        Map<String, List<PayerPeriod>> bands = new LinkedHashMap<>();
        for (Product product : Product.values()) {
            bands.put(words.value("product", product.name()), periods.of(reading.takeover.companyId(), product));
        }
        InWords dates = new InWords(Language.of(locale));
        LocalDate today =
                LocalDate.ofInstant(clock.instant(), reading.account.client().timeZone());
        PayersPicture.Words saidOfPayers = new PayersPicture.Words(
                words.text("audit.payers.title", reading.account.client().name()),
                payer -> words.value("payer", payer.name()),
                words.text("audit.payers.nobody"),
                words.text("audit.payers.twice"),
                dates::date);
        model.addAttribute("payers", PayersPicture.draw(bands, today, saidOfPayers));
        model.addAttribute(
                "paid",
                bands.entrySet().stream()
                        .map(band -> new Paid(band.getKey(), PayersPicture.stretches(band.getValue())))
                        .toList());
        return "audit/case";
    }

    @GetMapping("/audit/cases/{key}/entries/{number}")
    String entry(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @PathVariable int number,
            Locale locale,
            Model model) {
        Auditors.only(staff);
        Reading reading = new Reading(key, locale);
        int place = reading.placeOf(number);
        List<StoryEntry> entries = reading.story.entries();
        StoryEntry entry = entries.get(place);
        StoredEntry stored = entry.stored();
        HexFormat hex = HexFormat.of();
        model.addAttribute("takeover", reading.takeover);
        model.addAttribute("account", reading.account);
        model.addAttribute("entry", stored);
        model.addAttribute("zone", reading.zone);
        model.addAttribute("firmZone", reading.account.firm().timeZone());
        model.addAttribute("utc", ZoneOffset.UTC);
        model.addAttribute("line", reading.line(entry));
        model.addAttribute("details", reading.words.details(entry));
        model.addAttribute("changes", new Changes(reading.words).of(entry, entries.subList(0, place)));
        model.addAttribute(
                "sheet",
                entry.said(Said.Quoted.class)
                        .map(quoted -> QuoteSheet.of(quoted.quote(), Language.of(locale), reading.zone))
                        .orElse(null));
        model.addAttribute("digest", hex.formatHex(Sha256.of(new byte[0], stored.document())));
        model.addAttribute("previous", hex.formatHex(stored.previous()));
        model.addAttribute("hash", entry.hash());
        model.addAttribute("intact", stored.isIntact());
        model.addAttribute("follows", reading.follows(place));
        model.addAttribute("before", place == 0 ? null : entries.get(place - 1).number());
        model.addAttribute(
                "after",
                place + 1 == entries.size() ? null : entries.get(place + 1).number());
        return "audit/entry";
    }

    /** A diagram alone, as large as it was laid out, to be magnified or printed. */
    @GetMapping("/audit/cases/{key}/diagrams/{process}/{version}")
    ResponseEntity<String> diagram(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @PathVariable String process,
            @PathVariable int version,
            Locale locale) {
        Auditors.only(staff);
        return new Reading(key, locale)
                .drawn().stream()
                        .filter(each -> each.process.equals(process) && each.version == version)
                        .flatMap(each -> Optional.ofNullable(each.svg).stream())
                        .findFirst()
                        .map(svg -> ResponseEntity.ok()
                                .contentType(new MediaType("image", "svg+xml", StandardCharsets.UTF_8))
                                .body(svg))
                        .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    /** A case while a page of it is made. */
    private final class Reading {

        final Takeover takeover;
        final Account account;
        final ZoneId zone;
        final CaseStory story;
        final EntryWords words;
        private final List<CaseDiagram> ran;

        Reading(String key, Locale locale) {
            takeover = takeovers
                    .find(new TakeoverKey(key))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
            account = accounts.account(takeover.clientId());
            zone = account.client().timeZone();
            story = CaseStory.of(trail.chain(key));
            ran = diagrams.of(story.ran(), Language.of(locale));
            words = new EntryWords(
                    messages,
                    locale,
                    zone,
                    new Names(ran),
                    names.of(story.entries().stream()
                            .map(StoryEntry::actor)
                            .distinct()
                            .toList()));
        }

        int placeOf(int number) {
            for (int i = 0; i < story.entries().size(); i++) {
                if (story.entries().get(i).number() == number) {
                    return i;
                }
            }
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }

        /** Whether the entry follows the one before it, or nothing if it is the first. */
        boolean follows(int place) {
            StoredEntry entry = story.entries().get(place).stored();
            byte[] before = place == 0
                    ? Sha256.nothingBefore()
                    : story.entries().get(place - 1).stored().hash();
            return Arrays.equals(before, entry.previous()) && entry.number() == place + 1;
        }

        List<Line> lines() {
            return story.entries().stream().map(this::line).toList();
        }

        Line line(StoryEntry entry) {
            return new Line(entry, words.what(entry), words.actor(entry.actor()), words.summary(entry));
        }

        List<Drawn> drawn() {
            return ran.stream()
                    .map(diagram -> new Drawn(
                            diagram.process(),
                            diagram.name(),
                            diagram.version(),
                            diagram.draw(words.text("audit.diagram.title", diagram.name(), diagram.version()))
                                    .orElse(null)))
                    .toList();
        }

        List<Shown> shown() {
            return story.shown().stream().map(this::shown).toList();
        }

        private Shown shown(CaseStory.Shown shown) {
            StoryEntry entry = shown.entry();
            if (entry.said() instanceof Said.Mailed mail) {
                String about = words.text("audit.shown.mail", words.value("kind", mail.kind()));
                String language = mail.frenchFirst() && mail.language() != Language.FR
                        ? words.text("audit.shown.frenchFirst")
                        : language(mail.language());
                return new Shown(entry, words.said(mail.name()), about, language, null, null);
            }
            String who = words.actor(entry.actor());
            String what = words.text("audit.shown.form", words.what(entry));
            Language language = shown.language();
            if (entry.said() instanceof Said.Question question) {
                Said.Answer answer = question.answer();
                who = words.said(answer == null ? question.name() : answer.name());
                what = answer == null
                        ? words.text("audit.shown.question")
                        : words.text(
                                "audit.shown.answer." + answer.channel(), words.value("status", question.status()));
                language = answer == null ? question.language() : answer.shownIn();
            }
            Optional<QuoteNumber> quote = Optional.ofNullable(shown.quoteNumber());
            return new Shown(
                    entry,
                    who,
                    what,
                    language == null ? null : language(language),
                    quote.map(QuoteNumber::text).orElse(null),
                    quote.flatMap(story::entryOfQuote).map(StoryEntry::number).orElse(null));
        }

        private String language(Language language) {
            return words.value("language", language.name());
        }
    }

    /** The names of the versions on which the case ran. */
    private record Names(List<CaseDiagram> ran) implements EntryWords.DiagramNames {

        @Override
        public String process(String process) {
            return ran.stream()
                    .filter(diagram -> diagram.process().equals(process))
                    .map(CaseDiagram::name)
                    .findFirst()
                    .orElse(process);
        }

        @Override
        public @Nullable String step(String step) {
            return ran.stream()
                    .flatMap(diagram -> Optional.ofNullable(diagram.model()).stream())
                    .flatMap(model -> Optional.ofNullable(model.<FlowElement>getModelElementById(step)).stream())
                    .flatMap(element -> Optional.ofNullable(element.getName()).stream())
                    .findFirst()
                    .orElse(null);
        }
    }
}

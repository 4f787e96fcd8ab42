package org.billingtakeover.audit.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.picture.CaseDiagrams;
import org.billingtakeover.picture.CaseDiagrams.CaseDiagram;
import org.billingtakeover.picture.PayersPicture;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.trail.PersonalValues;
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
    private final PersonalValues personal;
    private final CaseDiagrams diagrams;
    private final Takeovers takeovers;
    private final Accounts accounts;
    private final BillingPlatform platform;
    private final MessageSource messages;
    private final ObjectMapper mapper;
    private final Clock clock;

    CasePages(
            StoredTrail trail,
            PersonalValues personal,
            CaseDiagrams diagrams,
            Takeovers takeovers,
            Accounts accounts,
            BillingPlatform platform,
            MessageSource messages,
            ObjectMapper mapper,
            Clock clock) {
        this.trail = trail;
        this.personal = personal;
        this.diagrams = diagrams;
        this.takeovers = takeovers;
        this.accounts = accounts;
        this.platform = platform;
        this.messages = messages;
        this.mapper = mapper;
        this.clock = clock;
    }

    /** An entry on the time line. */
    record Line(StoredEntry entry, String what, String actor, String summary) {}

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
            StoredEntry entry,
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
            bands.put(words.value("product", product.name()), platform.history(reading.takeover.companyId(), product));
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
        StoredEntry entry = reading.entries.get(place);
        Quote quote = quote(entry);
        HexFormat hex = HexFormat.of();
        model.addAttribute("takeover", reading.takeover);
        model.addAttribute("account", reading.account);
        model.addAttribute("entry", entry);
        model.addAttribute("zone", reading.zone);
        model.addAttribute("firmZone", reading.account.firm().timeZone());
        model.addAttribute("utc", ZoneOffset.UTC);
        model.addAttribute("line", reading.line(entry));
        model.addAttribute("details", reading.words.details(entry));
        model.addAttribute("changes", new Changes(reading.words).of(entry, reading.entries.subList(0, place), quote));
        model.addAttribute("sheet", quote == null ? null : QuoteSheet.of(quote, Language.of(locale), reading.zone));
        model.addAttribute("digest", hex.formatHex(Sha256.of(new byte[0], entry.document())));
        model.addAttribute("previous", hex.formatHex(entry.previous()));
        model.addAttribute("hash", hex.formatHex(entry.hash()));
        model.addAttribute("intact", entry.isIntact());
        model.addAttribute("follows", reading.follows(place));
        model.addAttribute(
                "before", place == 0 ? null : reading.entries.get(place - 1).number());
        model.addAttribute(
                "after",
                place + 1 == reading.entries.size()
                        ? null
                        : reading.entries.get(place + 1).number());
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

    /** The quote that an entry keeps, as the entry has it. */
    private @Nullable Quote quote(StoredEntry entry) {
        if (!entry.what().equals("QUOTE_KEPT")) {
            return null;
        }
        try {
            return mapper.treeToValue(entry.read().path("content").path("quote"), Quote.class);
        } catch (JsonProcessingException e) {
            // Somebody altered it; what it says is shown as it is.
            return null;
        }
    }

    /** A case while a page of it is made. */
    private final class Reading {

        final Takeover takeover;
        final Account account;
        final ZoneId zone;
        final List<StoredEntry> entries = new ArrayList<>();
        final EntryWords words;
        private final List<CaseDiagram> ran;

        Reading(String key, Locale locale) {
            takeover = takeovers
                    .find(new TakeoverKey(key))
                    .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
            account = accounts.account(takeover.clientId());
            zone = account.client().timeZone();
            Set<String> digests = new HashSet<>();
            trail.forEachEntryOf(key, entry -> {
                entries.add(entry);
                digests.addAll(entry.personalDigests());
            });
            ran = diagrams.of(entries);
            words = new EntryWords(messages, locale, zone, personal.of(digests), new Names(ran));
        }

        int placeOf(int number) {
            for (int i = 0; i < entries.size(); i++) {
                if (entries.get(i).number() == number) {
                    return i;
                }
            }
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }

        /** Whether the entry follows the one before it, or nothing if it is the first. */
        boolean follows(int place) {
            byte[] before =
                    place == 0 ? Sha256.nothingBefore() : entries.get(place - 1).hash();
            return Arrays.equals(before, entries.get(place).previous())
                    && entries.get(place).number() == place + 1;
        }

        List<Line> lines() {
            return entries.stream().map(this::line).toList();
        }

        Line line(StoredEntry entry) {
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
            Map<String, Integer> quotes = new HashMap<>();
            Set<String> asked = new HashSet<>();
            List<Shown> shown = new ArrayList<>();
            String formLanguage = null;
            for (StoredEntry entry : entries) {
                JsonNode content = entry.read().path("content");
                String quote = content.path("quoteNumber").asText();
                switch (entry.what()) {
                    case "FORM_MADE" ->
                        formLanguage =
                                words.value("language", content.path("language").asText());
                    case "QUOTE_KEPT" ->
                        quotes.put(content.path("quote").path("number").asText(), entry.number());
                    case "FIRM_TAKES_OVER", "FIRM_PREFERS_CLIENT_TAKES_OVER", "FIRM_LEAVES_BILLS_SEPARATE" -> {
                        String seen = content.path("detail").asText();
                        shown.add(new Shown(
                                entry,
                                words.actor(entry.actor()),
                                words.text("audit.shown.form", words.what(entry)),
                                formLanguage,
                                seen,
                                quotes.get(seen)));
                    }
                    case "CONSENT_REQUEST_KEPT" -> {
                        if (asked.add(content.path("request").asText())) {
                            shown.add(new Shown(
                                    entry,
                                    words.said(content.path("name")),
                                    words.text("audit.shown.question"),
                                    words.value(
                                            "language", content.path("language").asText()),
                                    quote,
                                    quotes.get(quote)));
                        }
                    }
                    case "CONSENT_ANSWER_KEPT" -> {
                        JsonNode answer = content.path("answer");
                        shown.add(new Shown(
                                entry,
                                words.said(answer.path("name")),
                                words.text(
                                        "audit.shown.answer."
                                                + answer.path("channel").asText(),
                                        words.value(
                                                "status", content.path("status").asText())),
                                words.value("shownIn", answer.path("shownIn").asText()),
                                quote,
                                quotes.get(quote)));
                    }
                    case "MAIL_SENT" ->
                        shown.add(new Shown(
                                entry,
                                words.said(content.path("name")),
                                words.text(
                                        "audit.shown.mail",
                                        words.value("kind", content.path("kind").asText())),
                                content.path("frenchFirst").asBoolean()
                                                && !content.path("language")
                                                        .asText()
                                                        .equals(Language.FR.name())
                                        ? words.text("audit.shown.frenchFirst")
                                        : words.value(
                                                "language",
                                                content.path("language").asText()),
                                null,
                                null));
                    default -> {}
                }
            }
            return shown;
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

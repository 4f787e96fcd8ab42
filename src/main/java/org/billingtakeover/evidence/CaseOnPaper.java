package org.billingtakeover.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.billingtakeover.account.Account;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.trail.StoredEntry;
import org.billingtakeover.trail.StoredTrail.SaidOfPerson;
import org.billingtakeover.trail.StoredTrail.SealOfScope;
import org.jspecify.annotations.Nullable;

/**
 * A case as a page of paper tells it, taken from its entries, so that the entries prove it. What was erased of persons is null.
 *
 * @param pays who pays each product before and after the change that was last worked out; empty without a quote
 * @param switched the first local day of the new payer; null if the payer did not change
 * @param quotes those that the case was carried by or the client was asked about
 * @param questions one for each time that the client was asked, as it stood last
 * @param seal the newest seal over the case
 */
record CaseOnPaper(
        Takeover takeover,
        Account account,
        List<Pays> pays,
        @Nullable LocalDate switched,
        List<QuoteSheet> quotes,
        List<Question> questions,
        List<Step> steps,
        List<Mail> mails,
        StoredEntry last,
        @Nullable SealOfScope seal) {

    private static final JsonMapper MAPPER =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final String ACKNOWLEDGED = Happening.code(Happening.FirmTakesOver.class);

    /** Who pays a product. */
    record Pays(Product product, Payer before, Payer after) {}

    /** @param detail a day that the entry is about; null for none */
    record Step(StoredEntry entry, @Nullable LocalDate detail) {

        public String hash() {
            return HexFormat.of().formatHex(entry.hash());
        }
    }

    /** A mail that went out; {@code digest} is the SHA-256 of its text. */
    record Mail(
            Instant at,
            String kind,
            String party,
            String language,
            @Nullable String name,
            @Nullable String email,
            @Nullable String subject,
            String digest) {}

    /** @param answer null if there was none */
    record Question(
            String way,
            String quoteNumber,
            String status,
            Language language,
            LocalDate lastDay,
            @Nullable String name,
            @Nullable String email,
            @Nullable Answer answer) {}

    /** The evidence of an answer. */
    record Answer(
            boolean confirmed,
            String channel,
            @Nullable String recordedBy,
            Language shownIn,
            Instant at,
            @Nullable String name,
            @Nullable String role,
            @Nullable String from,
            boolean hasMessage,
            @Nullable String message) {}

    /** When the firm last acknowledged a new cost; null if it never did. */
    public @Nullable Step acknowledged() {
        return steps.stream()
                .filter(step -> step.entry().what().equals(ACKNOWLEDGED))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    public String lastHash() {
        return HexFormat.of().formatHex(last.hash());
    }

    @Nullable
    public String sealText() {
        return seal == null ? null : seal.number() + ":" + HexFormat.of().formatHex(seal.hash());
    }

    /** @throws IllegalStateException if an entry cannot be read, which only somebody else can have written */
    static CaseOnPaper of(
            Takeover takeover,
            Account account,
            List<WriteExport.Entry> entries,
            @Nullable SealOfScope seal,
            Language language) {
        Map<String, Quote> quotes = new LinkedHashMap<>();
        Map<String, Question> questions = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        List<Mail> mails = new ArrayList<>();
        LocalDate switched = null;
        for (WriteExport.Entry entry : entries) {
            Said said = new Said(entry.stored().read().path("content"), entry.said());
            steps.add(new Step(entry.stored(), said.day("detail")));
            switch (entry.stored().what()) {
                case "QUOTE_KEPT" -> {
                    Quote quote = quote(said.content.path("quote"));
                    quotes.put(quote.number().text(), quote);
                }
                case "CONSENT_REQUEST_KEPT", "CONSENT_ANSWER_KEPT" ->
                    questions.put(said.code("request"), question(said));
                case "MAIL_SENT" -> mails.add(mail(entry.stored().at(), said));
                case "PAYER_CHANGED" ->
                    switched = LocalDate.parse(
                            said.content.path("change").path("billingDate").asText());
                default -> {}
            }
        }
        Set<String> shown = new LinkedHashSet<>();
        questions.values().forEach(question -> shown.add(question.quoteNumber()));
        // The newest is the one that the case was carried by.
        Quote carriedBy = null;
        for (Quote quote : quotes.values()) {
            carriedBy = quote;
        }
        if (carriedBy != null) {
            shown.add(carriedBy.number().text());
        }
        return new CaseOnPaper(
                takeover,
                account,
                carriedBy == null ? List.of() : pays(carriedBy),
                switched,
                shown.stream()
                        .map(quotes::get)
                        .filter(Objects::nonNull)
                        .map(quote ->
                                QuoteSheet.of(quote, language, account.client().timeZone()))
                        .toList(),
                List.copyOf(questions.values()),
                List.copyOf(steps),
                List.copyOf(mails),
                entries.get(entries.size() - 1).stored(),
                seal);
    }

    private static List<Pays> pays(Quote quote) {
        List<Pays> pays = new ArrayList<>();
        for (Charge before : quote.before()) {
            quote.after().stream()
                    .filter(after -> after.product() == before.product())
                    .forEach(after -> pays.add(new Pays(before.product(), before.payer(), after.payer())));
        }
        return pays;
    }

    private static Quote quote(JsonNode node) {
        try {
            return MAPPER.treeToValue(node, Quote.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Question question(Said said) {
        JsonNode given = said.content.path("answer");
        return new Question(
                said.code("way"),
                said.code("quoteNumber"),
                said.code("status"),
                Language.valueOf(said.code("language")),
                LocalDate.parse(said.code("lastDay")),
                said.person("name"),
                said.person("email"),
                given.isObject() ? answer(new Said(given, said.persons)) : null);
    }

    private static Answer answer(Said said) {
        return new Answer(
                said.content.path("confirmed").asBoolean(),
                said.code("channel"),
                said.content.path("recordedBy").isTextual() ? said.code("recordedBy") : null,
                Language.valueOf(said.code("shownIn")),
                Instant.parse(said.code("at")),
                said.person("name"),
                said.person("role"),
                said.person("from"),
                said.content.path("message").isObject(),
                said.person("message"));
    }

    private static Mail mail(Instant at, Said said) {
        return new Mail(
                at,
                said.code("kind"),
                said.code("party"),
                said.code("language"),
                said.person("name"),
                said.person("email"),
                said.person("subject"),
                said.code("textDigest"));
    }

    /** What an entry says, with what is still known of persons. */
    private record Said(JsonNode content, Map<String, SaidOfPerson> persons) {

        String code(String field) {
            return content.path(field).asText();
        }

        @Nullable
        String person(String field) {
            SaidOfPerson person = persons.get(content.path(field).path("digest").asText());
            return person == null ? null : person.value();
        }

        @Nullable
        LocalDate day(String field) {
            String text = code(field);
            return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? LocalDate.parse(text) : null;
        }
    }
}

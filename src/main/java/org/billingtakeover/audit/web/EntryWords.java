package org.billingtakeover.audit.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.takeover.Ineligibility;
import org.billingtakeover.trail.StoredEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Says what entries say in the words of one language, and never in codes where there is a word. */
final class EntryWords {

    private static final String NOTHING = "—";

    /** Which family of words the values of a detail belong to. */
    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("payer", "party"),
            Map.entry("newPayer", "party"),
            Map.entry("from", "party"),
            Map.entry("to", "party"),
            Map.entry("party", "party"),
            Map.entry("product", "quote.product"),
            Map.entry("moving", "quote.product"),
            Map.entry("basis", "quote.basis"),
            Map.entry("kind", "mail"),
            Map.entry("way", "way"),
            Map.entry("language", "audit.language"),
            Map.entry("shownIn", "audit.language"),
            Map.entry("status", "audit.status"),
            Map.entry("channel", "audit.channel"),
            Map.entry("how", "audit.how"),
            Map.entry("state", "audit.state"),
            Map.entry("operation", "audit.operation"),
            Map.entry("entity", "audit.entity"),
            Map.entry("property", "audit.property"),
            Map.entry("table", "audit.table"),
            Map.entry("type", "audit.incident"),
            Map.entry("outcome", "outcome"),
            Map.entry("reason", "ineligible"),
            Map.entry("recordedBy", "actor"));

    private final MessageSource messages;
    private final Locale locale;
    private final ZoneId zone;
    private final Map<String, String> personal;
    private final DiagramNames names;
    private final InWords words;

    /** The names that a case's own diagrams give to their elements. */
    interface DiagramNames {

        /** @return the id where there is no such diagram any more */
        String process(String process);

        /** @return null for an element without a name, as a gateway that joins */
        @Nullable
        String step(String step);
    }

    /** @param personal what is still known of people, by digests */
    EntryWords(MessageSource messages, Locale locale, ZoneId zone, Map<String, String> personal, DiagramNames names) {
        this.messages = messages;
        this.locale = locale;
        this.zone = zone;
        this.personal = personal;
        this.names = names;
        this.words = new InWords(Language.of(locale));
    }

    /** @param value null where it was erased */
    record Detail(String path, @Nullable String value) {}

    String what(StoredEntry entry) {
        return messageOr("event." + entry.what(), messageOr("audit.what." + entry.what(), entry.what()));
    }

    String actor(String actor) {
        return messageOr("actor." + actor, actor);
    }

    /** The entry in one line; empty where its name says it all. */
    String summary(StoredEntry entry) {
        JsonNode content = entry.read().path("content");
        return switch (entry.what()) {
            case "STEPS" -> steps(content.path("steps"));
            case "TABLES_ANSWERED" ->
                distinct(stream(content.path("answers"))
                        .map(answer -> value("table", answer.path("table").asText())));
            case "PROCESS_STARTED", "PROCESS_MOVED", "PROCESS_ENDED" ->
                text(
                        "audit.version",
                        names.process(content.path("process").asText()),
                        content.path("version").asText());
            case "QUOTE_KEPT" -> content.path("quote").path("number").asText();
            case "CONSENT_REQUEST_KEPT", "CONSENT_ANSWER_KEPT" ->
                joined(
                        value("status", content.path("status").asText()),
                        content.path("quoteNumber").asText(),
                        value("language", content.path("language").asText()));
            case "MAIL_SENT" ->
                joined(
                        value("kind", content.path("kind").asText()),
                        said(content.path("name")),
                        value("language", content.path("language").asText()));
            case "MAIL_REDIRECTED" -> said(content.path("email"));
            case "PAYER_CHANGED" ->
                value("from", content.path("change").path("from").asText()) + " → "
                        + value("to", content.path("change").path("to").asText());
            case "PAYOUT_MADE" -> money(content.path("payout").path("amount"));
            case "OPERATION" ->
                joined(
                        value("operation", content.path("operation").asText()),
                        value("entity", content.path("entity").asText()));
            case "TRY_FAILED", "INCIDENT_OPENED", "INCIDENT_CLOSED" ->
                step(content.path("step").asText());
            case "TASK_COMMENTED" -> said(content.path("comment"));
            default ->
                content.has("detail")
                        ? detail(entry.what(), content.path("detail").asText())
                        : "";
        };
    }

    /** Everything that an entry says, flat. */
    List<Detail> details(StoredEntry entry) {
        List<Detail> details = new ArrayList<>();
        flatten(entry, "", "", entry.read().path("content"), details);
        return details;
    }

    /** What an event of a case adds, which means another thing for each kind of event. */
    String detail(String what, String detail) {
        return switch (what) {
            case "CLOSED" -> value("outcome", detail);
            case "REFUSED" ->
                Ineligibility.read(detail).stream()
                        .map(reason -> reason.possibleFrom() == null
                                ? value("reason", reason.reason())
                                : text(
                                        "ineligible.possibleFrom",
                                        value("reason", reason.reason()),
                                        words.date(reason.possibleFrom())))
                        .collect(Collectors.joining(" "));
            case "MAIL_UNDELIVERABLE" -> value("kind", detail);
            case "CLIENT_CONFIRMED", "CLIENT_DECLINED" -> value("channel", detail);
            case "CHECK_FAILED", "SWITCH_REJECTED" -> messageOr("audit.obstacle." + detail, detail);
            case "COMMISSION_PAID" -> amount(detail);
            default -> value("", detail);
        };
    }

    /** A value in words. */
    String value(String key, String raw) {
        String family = FAMILIES.get(key);
        String word = family == null ? null : message(family + "." + raw);
        if (word != null) {
            return word;
        }
        if (key.equals("process")) {
            return names.process(raw);
        }
        if (key.equals("step")) {
            return step(raw);
        }
        if (raw.equals("true") || raw.equals("false")) {
            return text("audit." + (raw.equals("true") ? "yes" : "no"));
        }
        try {
            return raw.matches("\\d{4}-\\d\\d-\\d\\d")
                    ? words.date(LocalDate.parse(raw))
                    : raw.matches("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z") ? words.dateTime(Instant.parse(raw), zone) : raw;
        } catch (DateTimeParseException e) {
            return raw;
        }
    }

    /** A value said of a person. */
    String said(JsonNode node) {
        return personal.getOrDefault(node.path("digest").asText(), text("audit.erased"));
    }

    String money(JsonNode node) {
        return words.money(Money.of(
                node.path("amount").asText(),
                Currency.getInstance(node.path("currency").asText())));
    }

    String money(Money money) {
        return words.money(money);
    }

    String text(String code, Object... arguments) {
        return messages.getMessage(code, arguments, locale);
    }

    /** What a detail is called. */
    String name(String key) {
        return messageOr("audit.detail." + key, key);
    }

    private String steps(JsonNode steps) {
        return distinct(stream(steps)
                .map(step -> {
                    String name = names.step(step.path("step").asText());
                    String how = step.path("how").asText();
                    return name == null
                            ? ""
                            : how.equals("cancelled") || how.equals("entered") ? text("audit.step." + how, name) : name;
                })
                .filter(name -> !name.isEmpty()));
    }

    private String step(String step) {
        String name = names.step(step);
        return name == null ? step : name;
    }

    private void flatten(StoredEntry entry, String path, String key, JsonNode node, List<Detail> details) {
        if (node.isObject() && node.size() == 1 && node.has("digest")) {
            details.add(new Detail(path, personal.get(node.path("digest").asText())));
        } else if (node.isObject() && node.size() == 2 && node.has("amount") && node.has("currency")) {
            details.add(new Detail(path, money(node)));
        } else if (node.isObject()) {
            node.properties()
                    .forEach(each ->
                            flatten(entry, below(path, name(each.getKey())), each.getKey(), each.getValue(), details));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(entry, below(path, String.valueOf(i + 1)), key, node.path(i), details);
            }
        } else if (!node.isNull()) {
            String raw = node.asText();
            details.add(new Detail(path, key.equals("detail") ? detail(entry.what(), raw) : value(key, raw)));
        }
    }

    /** "12.34 CAD" as an amount. */
    private String amount(String text) {
        String[] parts = text.split(" ");
        return parts.length == 2 && parts[0].matches("-?\\d+\\.\\d+")
                ? words.money(Money.of(parts[0], Currency.getInstance(parts[1])))
                : text;
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + " › " + name;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> nodes = new ArrayList<>();
        array.forEach(nodes::add);
        return nodes.stream();
    }

    private static String distinct(Stream<String> parts) {
        Set<String> distinct = parts.collect(Collectors.toCollection(LinkedHashSet::new));
        return String.join(" → ", distinct);
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    static String nothing() {
        return NOTHING;
    }

    private @Nullable String message(String code) {
        return messages.getMessage(code, null, null, locale);
    }

    private String messageOr(String code, String otherwise) {
        String found = message(code);
        return found == null ? otherwise : found;
    }
}

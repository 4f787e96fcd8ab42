package org.billingtakeover.audit.web;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.Difference;
import org.billingtakeover.account.DifferenceWords;
import org.billingtakeover.audit.Said;
import org.billingtakeover.audit.StoryEntry;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.takeover.Ineligibility;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** Says what entries say in the words of one language, and never in codes where there is a word. */
final class EntryWords {

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
            Map.entry("decision", "audit.decision"),
            Map.entry("answer", "audit.answer"),
            Map.entry("resolution", "audit.resolution"),
            Map.entry("changeMade", "audit.changeMade"),
            Map.entry("whyNot", "problem"),
            Map.entry("proof", "audit.proof"),
            Map.entry("finding", "audit.finding"),
            Map.entry("bills", "audit.bills"),
            Map.entry("differences", "form.bills.differs"),
            Map.entry("recordedBy", "actor"));

    private final MessageSource messages;
    private final Locale locale;
    private final ZoneId zone;
    private final DiagramNames names;
    private final InWords words;
    private final DifferenceWords differences;
    private final Map<String, String> people;

    /** The names that a case's own diagrams give to their elements. */
    interface DiagramNames {

        /** @return the id where there is no such diagram any more */
        String process(String process);

        /** @return null for an element without a name, as a gateway that joins */
        @Nullable
        String step(String step);
    }

    /** @param people names by sign-in name, of those that are still known */
    EntryWords(MessageSource messages, Locale locale, ZoneId zone, DiagramNames names, Map<String, String> people) {
        this.people = people;
        this.messages = messages;
        this.locale = locale;
        this.zone = zone;
        this.names = names;
        this.words = new InWords(Language.of(locale));
        this.differences = new DifferenceWords(messages);
    }

    /** @param value null where it was erased */
    record Detail(String path, @Nullable String value) {}

    String what(StoryEntry entry) {
        return messageOr("event." + entry.what(), messageOr("audit.what." + entry.what(), entry.what()));
    }

    /** A person by name, and as the trail has them: two may have one name. */
    String actor(String actor) {
        String name = people.get(actor);
        return messageOr("actor." + actor, name == null ? actor : name + " (" + actor + ")");
    }

    /** The entry in one line; empty where its name says it all. */
    String summary(StoryEntry entry) {
        Said said = entry.said();
        if (said instanceof Said.Walked walked) {
            return distinct(walked.steps().stream().map(this::walked).filter(name -> !name.isEmpty()));
        }
        if (said instanceof Said.Decided decided) {
            return distinct(decided.answers().stream().map(answer -> value("table", answer.table())));
        }
        if (said instanceof Said.Ran ran) {
            return diagram(ran.process(), ran.version());
        }
        if (said instanceof Said.Quoted quoted) {
            return quoted.quote().number().text();
        }
        if (said instanceof Said.Question question) {
            return joined(
                    value("status", question.status()),
                    question.quoteNumber().text(),
                    value("language", question.language().name()));
        }
        if (said instanceof Said.Mailed mail) {
            return joined(
                    value("kind", mail.kind()),
                    said(mail.name()),
                    value("language", mail.language().name()));
        }
        if (said instanceof Said.Readdressed mail) {
            return said(mail.email());
        }
        if (said instanceof Said.Switched change) {
            return value("from", change.from().name()) + " → "
                    + value("to", change.to().name());
        }
        if (said instanceof Said.Paid paid) {
            return words.money(paid.amount());
        }
        if (said instanceof Said.Operated operated) {
            return joined(value("operation", operated.operation()), value("entity", operated.entity()));
        }
        if (said instanceof Said.Troubled trouble) {
            return step(trouble.step());
        }
        if (said instanceof Said.Refused refused) {
            return joined(step(refused.step()), refused.reason() == null ? "" : obstacle(refused.reason()));
        }
        if (said instanceof Said.Commented commented) {
            return said(commented.comment());
        }
        return entry.detail().isEmpty() ? "" : detail(entry.what(), entry.detail());
    }

    /** Everything that an entry says, flat. */
    List<Detail> details(StoryEntry entry) {
        return entry.leaves().stream()
                .map(leaf -> new Detail(
                        leaf.path().stream().map(this::name).collect(Collectors.joining(" › ")),
                        leaf.text() == null ? null : leaf(entry, leaf, leaf.text())))
                .toList();
    }

    private String leaf(StoryEntry entry, StoryEntry.Leaf leaf, String text) {
        return switch (leaf.kind()) {
            case PERSON -> text;
            case MONEY -> amount(text);
            case CODE -> leaf.field().equals("detail") ? detail(entry.what(), text) : value(leaf.field(), text);
        };
    }

    /** What an event of a case adds, which means another thing for each kind of event. */
    String detail(String what, String detail) {
        return switch (what) {
            case "CLOSED" -> value("outcome", detail);
            case "REFUSED", "NOT_POSSIBLE", "NOT_OFFERED" ->
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
            case "CHECK_FAILED", "SWITCH_REJECTED", "REFUSAL_FORESEEN" -> obstacle(detail);
            case "ACCOUNT_DIFFERS" ->
                Difference.read(detail).stream()
                        .map(each -> differences.sentence(each, locale))
                        .collect(Collectors.joining("; "));
            case "COMMISSION_PAID" -> amount(detail);
            case "FIRST_BILLS_COMPARED" -> value("finding", detail);
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

    /** What is said of a person. */
    String said(Said.@Nullable Person person) {
        return person == null || person.value() == null ? text("audit.erased") : person.value();
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

    private String walked(Said.Step step) {
        if (step.step() == null) {
            return text("audit.step." + step.how(), diagram(step.process(), step.version()));
        }
        String name = names.step(step.step());
        return name == null
                ? ""
                : step.how().equals("cancelled") || step.how().equals("entered")
                        ? text("audit.step." + step.how(), name)
                        : name;
    }

    private String diagram(String process, int version) {
        return text("audit.version", names.process(process), String.valueOf(version));
    }

    private String step(String step) {
        String name = names.step(step);
        return name == null ? step : name;
    }

    private String obstacle(String code) {
        return messageOr("audit.obstacle." + code, messageOr("ineligible." + code, code));
    }

    /** "12.34 CAD" as an amount. */
    private String amount(String text) {
        String[] parts = text.split(" ");
        return parts.length == 2 && parts[0].matches("-?\\d+\\.\\d+")
                ? words.money(Money.of(parts[0], Currency.getInstance(parts[1])))
                : text;
    }

    private static String distinct(Stream<String> parts) {
        Set<String> distinct = parts.collect(Collectors.toCollection(LinkedHashSet::new));
        return String.join(" → ", distinct);
    }

    private static String joined(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(" · "));
    }

    private @Nullable String message(String code) {
        return messages.getMessage(code, null, null, locale);
    }

    private String messageOr(String code, String otherwise) {
        String found = message(code);
        return found == null ? otherwise : found;
    }
}

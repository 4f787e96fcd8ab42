package org.billingtakeover.takeover.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.text.MessageFormat;
import java.text.ParsePosition;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts what the engine answers into the words of one reader. */
@Component
class WordAnswers {

    /** As filters and roles are called by whoever sets them up for readers of both languages: French, a slash, English. */
    private static final Pattern BOTH_LANGUAGES = Pattern.compile("(.+) / (.+)");

    private static final Pattern AMOUNT = Pattern.compile("(-?\\d+\\.\\d\\d) ([A-Z]{3})");

    private static final String STOP_DATE_THAT_HOLDS = """
            select c.stop_date, c.time_zone from act_ru_task t
            join act_ru_execution e on e.id_ = t.proc_inst_id_
            join takeover k on k.key = e.business_key_
            join client c on c.id = k.client_id
            where t.id_ = ? and c.integration_status = 'ACTIVE' and c.stop_date is not null
            """;

    private final MessageSource messages;
    private final JdbcClient jdbc;
    private final Clock clock;

    WordAnswers(MessageSource messages, JdbcClient jdbc, Clock clock) {
        this.messages = messages;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param answer changed in place, with all that is in it */
    void into(JsonNode answer) {
        into(answer, new InWords(Reader.language()));
    }

    private void into(JsonNode node, InWords words) {
        if (node instanceof ObjectNode object) {
            if (object.hasNonNull("taskDefinitionKey")) {
                task(object, words);
            } else if (object.path("resourceType").asText().equals("Task")) {
                half(object, "name", words.language());
                object.path("properties").path("variables").forEach(column -> half(column, "label", words.language()));
            } else if (object.has("type") && object.path("type").asText().equals("WORKFLOW")) {
                half(object, "name", words.language());
            } else if (object.hasNonNull("key") && object.has("resource")) {
                process(object, words.language());
            }
        }
        node.forEach(each -> into(each, words));
    }

    private void task(ObjectNode task, InWords words) {
        String code = "task." + task.get("taskDefinitionKey").asText();
        text(code + ".description", words.language()).ifPresent(description -> {
            String client = client(code, task.path("name").asText());
            task.put(
                    "name",
                    messages.getMessage(
                            code, new Object[] {client}, words.language().locale()));
            task.put("description", description);
        });
        if (task.path("camundaFormRef") instanceof ObjectNode form) {
            form.put("key", GuardedFormService.inLanguage(form.path("key").asText(), words.language()));
        }
        if (task.path("_embedded").path("variable") instanceof ArrayNode columns) {
            for (Iterator<JsonNode> each = columns.iterator(); each.hasNext(); ) {
                if (each.next() instanceof ObjectNode column
                        && !isWorded(column, task.path("id").asText(), words)) {
                    each.remove();
                }
            }
        }
    }

    /** Tasks of earlier versions are called what is to be done for whom, in the firm's language. */
    private String client(String code, String name) {
        return Stream.of(Language.values())
                .flatMap(language -> said(
                        new MessageFormat(
                                messages.getMessage(code, new Object[] {"{0}"}, language.locale())
                                        .replace("'", "''"),
                                language.locale()),
                        name))
                .findFirst()
                .orElse(name);
    }

    private static Stream<String> said(MessageFormat sentence, String name) {
        ParsePosition end = new ParsePosition(0);
        Object[] parts = sentence.parse(name, end);
        return parts == null || end.getIndex() < name.length() ? Stream.empty() : Stream.of((String) parts[0]);
    }

    private boolean isWorded(ObjectNode column, String task, InWords words) {
        switch (column.path("name").asText()) {
            case "stopDate" -> {
                String date = stopDate(task, words);
                column.put("value", date);
                return date != null;
            }
            case "difference" -> {
                Matcher amount = AMOUNT.matcher(column.path("value").asText());
                if (amount.matches()) {
                    column.put(
                            "value",
                            words.difference(Money.of(amount.group(1), Currency.getInstance(amount.group(2)))));
                }
                return true;
            }
            default -> {
                return true;
            }
        }
    }

    /** As it holds now, whatever it was when the task was made; null where it no longer does. */
    private @Nullable String stopDate(String task, InWords words) {
        return jdbc.sql(STOP_DATE_THAT_HOLDS)
                .param(task)
                .query((row, number) -> {
                    LocalDate date = row.getObject("stop_date", LocalDate.class);
                    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of(row.getString("time_zone")));
                    return date.isBefore(today) ? Optional.<String>empty() : Optional.of(words.date(date));
                })
                .optional()
                .flatMap(date -> date)
                .orElse(null);
    }

    private void process(ObjectNode process, Language language) {
        text("process." + process.get("key").asText(), language).ifPresent(name -> process.put("name", name));
    }

    private Optional<String> text(String code, Language language) {
        return Optional.ofNullable(messages.getMessage(code, null, null, language.locale()));
    }

    private static void half(JsonNode node, String field, Language language) {
        Matcher both = BOTH_LANGUAGES.matcher(node.path(field).asText());
        if (node instanceof ObjectNode object && both.matches()) {
            object.put(field, both.group(language == Language.FR ? 1 : 2));
        }
    }
}

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
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts what the engine answers into the words of one reader. */
@Component
class WordAnswers {

    /** As filters and roles are called by whoever sets them up for readers of both languages: French, a slash, English. */
    private static final Pattern BOTH_LANGUAGES = Pattern.compile("(.+) / (.+)");

    private static final Pattern AMOUNT = Pattern.compile("(-?\\d+\\.\\d\\d) ([A-Z]{3})");

    private static final String STOP_DATES_THAT_HOLD = """
            select t.id_, c.stop_date, c.time_zone from act_ru_task t
            join act_ru_execution e on e.id_ = t.proc_inst_id_
            join takeover k on k.key = e.business_key_
            join client c on c.id = k.client_id
            where t.id_ = any (?) and c.integration_status = 'ACTIVE' and c.stop_date is not null
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
        InWords words = new InWords(Reader.language());
        List<String> dated = answer.findParents("taskDefinitionKey").stream()
                .filter(task -> columns(task).anyMatch(WordAnswers::isStopDate))
                .map(task -> task.path("id").asText())
                .toList();
        into(answer, words, stopDates(dated, words));
    }

    private static Stream<JsonNode> columns(JsonNode task) {
        return StreamSupport.stream(task.path("_embedded").path("variable").spliterator(), false);
    }

    private static boolean isStopDate(JsonNode column) {
        return column.path("name").asText().equals("stopDate");
    }

    private void into(JsonNode node, InWords words, Map<String, String> stopDates) {
        if (node instanceof ObjectNode object) {
            if (object.hasNonNull("taskDefinitionKey")) {
                task(
                        object,
                        words,
                        Optional.ofNullable(stopDates.get(object.path("id").asText())));
            } else if (object.path("resourceType").asText().equals("Task")) {
                half(object, "name", words.language());
                object.path("properties").path("variables").forEach(column -> half(column, "label", words.language()));
            } else if (object.has("type") && object.path("type").asText().equals("WORKFLOW")) {
                half(object, "name", words.language());
            } else if (object.hasNonNull("key") && object.has("resource")) {
                process(object, words.language());
            }
        }
        node.forEach(each -> into(each, words, stopDates));
    }

    private void task(ObjectNode task, InWords words, Optional<String> stopDate) {
        String code = "task." + task.get("taskDefinitionKey").asText();
        text(code + ".description", words.language()).ifPresent(description -> {
            String client = client(code, task.path("name").asText());
            task.put(
                    "name",
                    messages.getMessage(
                            code, new Object[] {client}, words.language().locale()));
            task.put("description", description);
        });
        if (task.path("_embedded").path("variable") instanceof ArrayNode columns) {
            for (Iterator<JsonNode> each = columns.iterator(); each.hasNext(); ) {
                if (each.next() instanceof ObjectNode column && !isWorded(column, stopDate, words)) {
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

    /** @return false where it says nothing any more */
    private static boolean isWorded(ObjectNode column, Optional<String> stopDate, InWords words) {
        if (isStopDate(column)) {
            stopDate.ifPresent(date -> column.put("value", date));
            return stopDate.isPresent();
        }
        Matcher amount = AMOUNT.matcher(column.path("value").asText());
        if (column.path("name").asText().equals("difference") && amount.matches()) {
            column.put("value", words.difference(Money.of(amount.group(1), Currency.getInstance(amount.group(2)))));
        }
        return true;
    }

    /** By task, as they hold now, whatever they were when the task was made; one that no longer does is left out. */
    private Map<String, String> stopDates(List<String> tasks, InWords words) {
        Map<String, String> dates = new HashMap<>();
        if (!tasks.isEmpty()) {
            jdbc.sql(STOP_DATES_THAT_HOLD).param(tasks.toArray(String[]::new)).query(row -> {
                LocalDate date = row.getObject("stop_date", LocalDate.class);
                if (!date.isBefore(LocalDate.ofInstant(clock.instant(), ZoneId.of(row.getString("time_zone"))))) {
                    dates.put(row.getString("id_"), words.date(date));
                }
            });
        }
        return dates;
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

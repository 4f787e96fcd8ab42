package org.billingtakeover.notification.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.Map;
import org.billingtakeover.kernel.Money;

/**
 * The facts of a letter as stored: an amount as an object of amount and currency, a date as an object of date, and a time of day,
 * to the minute, as one of time, so that each comes back as what it was.
 */
final class Facts {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Facts() {}

    static String write(Map<String, Object> facts) {
        Map<String, Object> stored = new LinkedHashMap<>();
        facts.forEach((name, fact) -> stored.put(name, stored(name, fact)));
        try {
            return MAPPER.writeValueAsString(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Facts are not writable as JSON", e);
        }
    }

    static Map<String, Object> read(String json) {
        try {
            Map<String, Object> facts = new LinkedHashMap<>();
            MAPPER.readTree(json).properties().forEach(entry -> facts.put(entry.getKey(), fact(entry.getValue())));
            return facts;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored facts are not JSON", e);
        }
    }

    private static Object stored(String name, Object fact) {
        if (fact instanceof Money money) {
            return Map.of(
                    "amount",
                    money.amount().toPlainString(),
                    "currency",
                    money.currency().getCurrencyCode());
        }
        if (fact instanceof LocalDate date) {
            return Map.of("date", date.toString());
        }
        if (fact instanceof LocalTime time) {
            return Map.of("time", time.truncatedTo(ChronoUnit.MINUTES).toString());
        }
        if (fact instanceof String || fact instanceof Integer || fact instanceof Boolean) {
            return fact;
        }
        throw new IllegalArgumentException("A mail cannot say " + name + ", a " + fact.getClass());
    }

    private static Object fact(JsonNode stored) {
        if (stored.has("amount")) {
            return Money.of(
                    stored.get("amount").textValue(),
                    Currency.getInstance(stored.get("currency").textValue()));
        }
        if (stored.has("date")) {
            return LocalDate.parse(stored.get("date").textValue());
        }
        if (stored.has("time")) {
            return LocalTime.parse(stored.get("time").textValue());
        }
        if (stored.isInt()) {
            return stored.intValue();
        }
        return stored.isBoolean() ? stored.booleanValue() : stored.textValue();
    }
}

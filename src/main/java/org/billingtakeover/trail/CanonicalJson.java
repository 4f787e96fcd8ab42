package org.billingtakeover.trail;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON after RFC 8785: one value has one text. Numbers are whole ones that every reader holds exactly; fractions are
 * texts, as money must be. Times are in UTC, to the microsecond.
 */
public final class CanonicalJson {

    private static final long LARGEST_EXACT = 1L << 53;

    private CanonicalJson() {}

    /** @throws IllegalArgumentException if something in {@code value} has no canonical form */
    public static String write(@Nullable Object value) {
        StringBuilder json = new StringBuilder();
        append(plain(value), json);
        return json.toString();
    }

    /** The time as entries keep it. */
    public static Instant exact(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    /** The same in maps, lists, texts, whole numbers, yes or no, and null; anything else, such as {@link Personal}, as it is. */
    public static @Nullable Object plain(@Nullable Object value) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Personal) {
            return value;
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            return ((Number) value).longValue();
        }
        if (value instanceof Instant instant) {
            return exact(instant).toString();
        }
        if (value instanceof Date date) {
            return plain(date.toInstant());
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        if (value instanceof Double || value instanceof Float) {
            return plain(new BigDecimal(value.toString()));
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof LocalDate || value instanceof UUID || value instanceof Currency) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, each) -> sorted.put(String.valueOf(name), plain(each)));
            return sorted;
        }
        if (value instanceof Iterable<?> items) {
            List<@Nullable Object> list = new ArrayList<>();
            items.forEach(each -> list.add(plain(each)));
            return list;
        }
        if (value instanceof Record) {
            return ofRecord(value);
        }
        throw new IllegalArgumentException(value.getClass() + " has no canonical JSON");
    }

    private static Map<String, @Nullable Object> ofRecord(Object value) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                sorted.put(component.getName(), plain(component.getAccessor().invoke(value)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalArgumentException(value.getClass() + " cannot be read", e);
            }
        }
        return sorted;
    }

    private static void append(@Nullable Object value, StringBuilder json) {
        if (value instanceof String text) {
            appendText(text, json);
        } else if (value instanceof Long number) {
            if (Math.abs(number) > LARGEST_EXACT) {
                throw new IllegalArgumentException("A whole number that not every reader holds exactly");
            }
            json.append(number.longValue());
        } else if (value == null || value instanceof Boolean) {
            json.append(value);
        } else if (value instanceof Map<?, ?> map) {
            char before = '{';
            for (Map.Entry<?, ?> each : map.entrySet()) {
                json.append(before);
                appendText((String) each.getKey(), json);
                json.append(':');
                append(each.getValue(), json);
                before = ',';
            }
            json.append(map.isEmpty() ? "{}" : "}");
        } else if (value instanceof List<?> list) {
            char before = '[';
            for (Object each : list) {
                json.append(before);
                append(each, json);
                before = ',';
            }
            json.append(list.isEmpty() ? "[]" : "]");
        } else {
            throw new IllegalArgumentException(value.getClass() + " has no canonical JSON");
        }
    }

    private static void appendText(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\b' -> json.append("\\b");
                case '\f' -> json.append("\\f");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else if (Character.isSurrogate(c) && !isPaired(text, i)) {
                        // Half a character is no text; it would be another one wherever it is read.
                        json.append('\uFFFD');
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }

    private static boolean isPaired(String text, int i) {
        char c = text.charAt(i);
        return Character.isHighSurrogate(c)
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}

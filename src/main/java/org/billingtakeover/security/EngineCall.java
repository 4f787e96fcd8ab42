package org.billingtakeover.security;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.jspecify.annotations.Nullable;

/**
 * A call of the engine's API that is open: a line of {@code engine-calls.md}, which says what its columns mean.
 *
 * @param right whose call it is; null for everybody with a role
 * @param kilobytes the longest JSON
 */
record EngineCall(
        @Nullable Right right,
        String method,
        Pattern path,
        Map<String, String> parameters,
        Map<Pattern, String> fields,
        int kilobytes) {

    private static final String TABLE = "/security/engine-calls.md";
    private static final String ME = "{me}";
    private static final String ANY_VALUE = "";
    private static final int COLUMNS = 5;

    private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
    /** As the engine admits them ({@link GuardedEngine}). */
    private static final String NAME = "[a-zA-Z0-9](?:[a-zA-Z0-9@._-]|%40)*";

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** @param engine the name of the engine */
    static List<EngineCall> all(String engine) {
        return cells().stream().map(cells -> read(cells, engine)).toList();
    }

    /** Method and path of each line, as they stand there. */
    static List<String> lines() {
        return cells().stream().map(cells -> cells.get(1)).toList();
    }

    private static List<List<String>> cells() {
        try (BufferedReader table = new BufferedReader(
                new InputStreamReader(EngineCall.class.getResourceAsStream(TABLE), StandardCharsets.UTF_8))) {
            return table.lines()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| Right"))
                    .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                            .map(String::strip)
                            .toList())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EngineCall read(List<String> cells, String engine) {
        if (cells.size() != COLUMNS) {
            throw new IllegalStateException(TABLE + " has a line without " + COLUMNS + " cells: " + cells);
        }
        String[] call = cells.get(1).split(" ");
        Map<Pattern, String> fields = new HashMap<>();
        values(cells.get(3)).forEach((name, value) -> fields.put(field(name), value));
        return new EngineCall(
                cells.get(0).equals("*") ? null : Right.valueOf(cells.get(0)),
                call[0],
                Pattern.compile(PLACE.matcher(call[1]).replaceAll(place -> pattern(place, engine)) + "/?"),
                values(cells.get(2)),
                Map.copyOf(fields),
                cells.get(4).isEmpty() ? 0 : Integer.parseInt(cells.get(4)));
    }

    private static String pattern(MatchResult place, String engine) {
        return Matcher.quoteReplacement(
                switch (place.group(1)) {
                    case "engine" -> Pattern.quote(engine);
                    case "id" -> UUID;
                    case "definition" -> "(?:[a-zA-Z0-9-]+(?::|%3A)[0-9]+(?::|%3A))?" + UUID;
                    case "name" -> NAME;
                    case "me" -> "(?<me>" + NAME + ")";
                    default -> throw new IllegalStateException(TABLE + " knows no " + place.group());
                });
    }

    private static Map<String, String> values(String cell) {
        return Stream.of(cell.split(", "))
                .filter(each -> !each.isEmpty())
                .map(each -> each.split("=", 2))
                .collect(Collectors.toMap(each -> each[0], each -> each.length == 1 ? ANY_VALUE : each[1]));
    }

    private static Pattern field(String name) {
        return Pattern.compile(
                name.replace(".", "\\.").replace("[", "(?:").replace("]", ")?").replace("*", "[^.]+"));
    }

    /** Whether the line is about this call of this person; what the address and the JSON hold is looked at apart. */
    boolean isFor(StaffMember who, String calledMethod, String calledPath) {
        Matcher matcher = path.matcher(calledPath);
        return method.equals(calledMethod)
                && (right == null ? !who.rights().isEmpty() : who.may(right))
                && matcher.matches()
                && (!path.pattern().contains("?<me>")
                        || decoded(matcher.group("me")).equals(who.id()));
    }

    /** The first parameter that is not allowed. Their names are compared as they are sent. */
    Optional<String> foreignParameter(StaffMember who, @Nullable String query) {
        return Stream.ofNullable(query)
                .flatMap(all -> Stream.of(all.split("&", -1)))
                .map(each -> each.split("=", 2))
                .filter(each -> !allows(parameters.get(each[0]), each.length == 1 ? "" : decoded(each[1]), who))
                .map(each -> each[0])
                .findFirst();
    }

    /** The first field that is not allowed, with what leads to it. */
    Optional<String> foreignField(StaffMember who, JsonNode json) {
        return json.isObject() ? foreignIn(who, json, new ArrayList<>()) : Optional.of("");
    }

    private Optional<String> foreignIn(StaffMember who, JsonNode json, List<String> before) {
        String here = String.join(".", before);
        if (json.isArray() && !json.isEmpty()) {
            return stream(json)
                    .flatMap(each -> foreignIn(who, each, before).stream())
                    .findFirst();
        }
        if (json.isObject() && !json.isEmpty()) {
            return json.properties().stream()
                    .flatMap(each ->
                            foreignIn(
                                    who,
                                    each.getValue(),
                                    Stream.concat(before.stream(), Stream.of(each.getKey()))
                                            .toList())
                                    .stream())
                    .findFirst();
        }
        boolean allowed = json.isContainerNode()
                ? isOnTheWay(here)
                : fields.entrySet().stream()
                        .anyMatch(each ->
                                each.getKey().matcher(here).matches() && allows(each.getValue(), json.asText(), who));
        return allowed ? Optional.empty() : Optional.of(here);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        List<JsonNode> all = new ArrayList<>();
        array.forEach(all::add);
        return all.stream();
    }

    /** An empty list or object says nothing, where something could be. */
    private boolean isOnTheWay(String here) {
        return here.isEmpty()
                || fields.keySet().stream().anyMatch(field -> {
                    Matcher matcher = field.matcher(here + ".");
                    return field.matcher(here).matches() || !matcher.matches() && matcher.hitEnd();
                });
    }

    private static boolean allows(@Nullable String wanted, String value, StaffMember who) {
        return wanted != null && (wanted.equals(ANY_VALUE) || value.equals(wanted.equals(ME) ? who.id() : wanted));
    }

    private static String decoded(String sent) {
        try {
            return URLDecoder.decode(sent, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return sent;
        }
    }
}

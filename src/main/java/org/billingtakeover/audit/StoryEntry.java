package org.billingtakeover.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.trail.KnownEntry;
import org.billingtakeover.trail.StoredEntry;
import org.jspecify.annotations.Nullable;

/** An entry of the trail that has been read. All knowledge of how entries are written, in whichever form, is here. */
public final class StoryEntry {

    private static final String KNOWN = "known";
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule().addDeserializer(Said.Person.class, new ReadPerson()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** A field that holds all that the entry is about. */
    private static final List<String> WRAPPINGS = List.of("request", "change", "payout");

    /** By the code of what happened; others are plain. */
    private static final Map<String, Class<? extends Said>> FORM_1 = Map.ofEntries(
            Map.entry("QUOTE_KEPT", Said.Quoted.class),
            Map.entry("CONSENT_REQUEST_KEPT", Said.Question.class),
            Map.entry("CONSENT_ANSWER_KEPT", Said.Question.class),
            Map.entry("MAIL_SENT", Said.Mailed.class),
            Map.entry("MAIL_REDIRECTED", Said.Readdressed.class),
            Map.entry("PAYER_CHANGED", Said.Switched.class),
            Map.entry("PAYOUT_MADE", Said.Paid.class),
            Map.entry("STEPS", Said.Walked.class),
            Map.entry("TABLES_ANSWERED", Said.Decided.class),
            Map.entry("PROCESS_STARTED", Said.Ran.class),
            Map.entry("PROCESS_MOVED", Said.Ran.class),
            Map.entry("PROCESS_ENDED", Said.Ran.class),
            Map.entry("OPERATION", Said.Operated.class),
            Map.entry("TRY_FAILED", Said.Troubled.class),
            Map.entry("INCIDENT_OPENED", Said.Troubled.class),
            Map.entry("INCIDENT_CLOSED", Said.Troubled.class),
            Map.entry("TASK_COMMENTED", Said.Commented.class),
            Map.entry("FORM_MADE", Said.FormShown.class),
            Map.entry("FORM_SHOWN", Said.FormShown.class),
            Map.entry("DATABASE_REPLACED", Said.Replaced.class));

    /** Where what happened and what it was about are one entry. */
    private static final Map<String, Class<? extends Said>> FORM_2 = new HashMap<>(FORM_1);

    static {
        FORM_2.put("QUOTE_MADE", Said.Quoted.class);
        FORM_2.put("QUOTE_LOWERED", Said.Quoted.class);
        for (String asked : List.of(
                "CLIENT_ASKED", "CLIENT_CONFIRMED", "CLIENT_DECLINED", "CLIENT_DID_NOT_ANSWER", "QUESTION_ENDED")) {
            FORM_2.put(asked, Said.Question.class);
        }
        FORM_2.put("SWITCHED", Said.Switched.class);
        FORM_2.put("COMMISSION_PAID", Said.Paid.class);
        FORM_2.put("STEP_REFUSED", Said.Refused.class);
    }

    private final StoredEntry stored;
    private final Said said;
    private final List<Leaf> leaves = new ArrayList<>();

    private StoryEntry(KnownEntry entry) {
        this.stored = entry.stored();
        JsonNode content = content(stored);
        Map<String, Class<? extends Said>> form = content.path("form").asInt(1) == 1 ? FORM_1 : FORM_2;
        JsonNode within = WRAPPINGS.stream()
                .map(content::path)
                .filter(JsonNode::isObject)
                .findFirst()
                .orElse(content);
        this.said = said(within, form.getOrDefault(stored.what(), Said.Plain.class), entry);
        flatten(List.of(), "", within, entry, leaves);
    }

    public static StoryEntry of(KnownEntry entry) {
        return new StoryEntry(entry);
    }

    /**
     * Something that an entry says, flat.
     *
     * @param path the names of the fields around it, and its places in lists, counted from one
     * @param field the innermost one
     * @param text null where it was erased
     */
    public record Leaf(
            List<String> path,
            String field,
            Kind kind,
            @Nullable String text) {}

    /** What a leaf is. */
    public enum Kind {
        CODE,
        /** Said of a person. */
        PERSON,
        /** Such as {@code 12.34 CAD}. */
        MONEY
    }

    public StoredEntry stored() {
        return stored;
    }

    public int number() {
        return stored.number();
    }

    public Instant at() {
        return stored.at();
    }

    public String actor() {
        return stored.actor();
    }

    public String what() {
        return stored.what();
    }

    /** The hash in hexadecimal digits. */
    public String hash() {
        return HexFormat.of().formatHex(stored.hash());
    }

    public Said said() {
        return said;
    }

    /** What the entry says, if it is of this shape. */
    public <S extends Said> Optional<S> said(Class<S> shape) {
        return shape.isInstance(said) ? Optional.of(shape.cast(said)) : Optional.empty();
    }

    /** What a plain entry adds; empty for any other. */
    public String detail() {
        return said instanceof Said.Plain plain && plain.detail() != null ? plain.detail() : "";
    }

    /** Everything that it says. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /** What it says the state of, so that an earlier entry about the same says how it was before; null if nothing that has one. */
    public @Nullable String subject() {
        if (said instanceof Said.Question question) {
            return "request " + question.request();
        }
        if (said instanceof Said.Mailed mail) {
            return "mail " + mail.mail();
        }
        if (said instanceof Said.Readdressed mail) {
            return "mail " + mail.mail();
        }
        if (said instanceof Said.Ran run) {
            return "instance " + run.instance();
        }
        return switch (stored.what()) {
            case "CHANGE_SCHEDULED", "BILLING_DATE_MOVED" -> "date";
            case "QUOTE_MADE" -> "quote";
            default -> null;
        };
    }

    /** What is no JSON, only somebody else can have written. */
    private static JsonNode content(StoredEntry stored) {
        try {
            return MAPPER.readTree(stored.document()).path("content");
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(stored.document());
        }
    }

    /** What does not have the shape that it should have, somebody altered: it is shown as it is. */
    private static Said said(JsonNode node, Class<? extends Said> shape, KnownEntry entry) {
        try {
            Said said = node.isObject()
                    ? MAPPER.readerFor(shape).withAttribute(KNOWN, entry).readValue(node)
                    : null;
            return said == null ? new Said.Plain(null) : said;
        } catch (IOException e) {
            return new Said.Plain(null);
        }
    }

    private static void flatten(List<String> path, String key, JsonNode node, KnownEntry entry, List<Leaf> leaves) {
        if (node.isObject() && node.size() == 1 && node.has("digest")) {
            String digest = node.path("digest").asText();
            leaves.add(new Leaf(path, key, Kind.PERSON, entry.said(digest)));
        } else if (node.isObject() && node.size() == 2 && node.has("amount") && node.has("currency")) {
            String money =
                    node.path("amount").asText() + " " + node.path("currency").asText();
            leaves.add(new Leaf(path, key, Kind.MONEY, money));
        } else if (node.isObject()) {
            node.properties().stream()
                    .filter(each -> !path.isEmpty() || !each.getKey().equals("form"))
                    .forEach(
                            each -> flatten(below(path, each.getKey()), each.getKey(), each.getValue(), entry, leaves));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                flatten(below(path, String.valueOf(i + 1)), key, node.path(i), entry, leaves);
            }
        } else if (!node.isNull() && !node.isMissingNode()) {
            leaves.add(new Leaf(path, key, Kind.CODE, node.asText()));
        }
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }

    /** Puts what is still known of a person in the place of its digest. */
    private static final class ReadPerson extends StdDeserializer<Said.Person> {

        private static final long serialVersionUID = 1;

        ReadPerson() {
            super(Said.Person.class);
        }

        @Override
        public Said.Person deserialize(JsonParser json, DeserializationContext context) throws IOException {
            KnownEntry known = (KnownEntry) context.getAttribute(KNOWN);
            return new Said.Person(
                    known.said(context.readTree(json).path("digest").asText()));
        }
    }
}

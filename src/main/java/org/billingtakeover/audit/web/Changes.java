package org.billingtakeover.audit.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.Way;
import org.billingtakeover.trail.StoredEntry;
import org.jspecify.annotations.Nullable;

/** What an entry changed: how it was before, and after. Where the entry does not say itself how it was, an earlier one of the case does. */
final class Changes {

    private final EntryWords words;

    Changes(EntryWords words) {
        this.words = words;
    }

    /** @param before null where nothing was before */
    record Change(
            String what, @Nullable String before, @Nullable String after) {}

    /**
     * @param earlier the entries of the case before it
     * @param quote the quote that the entry keeps; null for any other entry
     */
    List<Change> of(StoredEntry entry, List<StoredEntry> earlier, @Nullable Quote quote) {
        JsonNode content = entry.read().path("content");
        return switch (entry.what()) {
            case "OPERATION" -> operation(content);
            case "PAYER_CHANGED" -> payer(content.path("change"));
            case "QUOTE_KEPT" -> quote == null ? List.of() : quote(quote);
            case "PAYOUT_MADE" -> payout(content.path("payout"));
            case "CLOSED" ->
                List.of(new Change(
                        words.text("audit.state"),
                        words.text("audit.open"),
                        words.detail("CLOSED", content.path("detail").asText())));
            default -> compared(entry, earlier);
        };
    }

    private List<Change> operation(JsonNode content) {
        List<Change> changes = new ArrayList<>();
        content.path("changes").forEach(change -> {
            String property = change.path("property").asText();
            changes.add(new Change(
                    words.value("property", property), orNull(change.path("before")), orNull(change.path("after"))));
        });
        return changes;
    }

    private @Nullable String orNull(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? null : words.value("", value.asText());
    }

    private List<Change> payer(JsonNode change) {
        String product = Way.valueOf(change.path("way").asText()).moving().name();
        return List.of(new Change(
                words.text(
                        "audit.payerFrom",
                        words.value("product", product),
                        words.value("", change.path("billingDate").asText())),
                words.value("from", change.path("from").asText()),
                words.value("to", change.path("to").asText())));
    }

    private List<Change> quote(Quote quote) {
        List<Change> changes = new ArrayList<>();
        for (Payer payer : Payer.values()) {
            changes.add(new Change(
                    words.text("audit.monthly." + payer),
                    words.money(quote.before(payer)),
                    words.money(quote.after(payer))));
        }
        return changes;
    }

    private List<Change> payout(JsonNode payout) {
        JsonNode amount = payout.path("amount");
        return List.of(new Change(
                words.text("audit.balance"),
                words.money(amount),
                words.money(
                        Money.zero(Currency.getInstance(amount.path("currency").asText())))));
    }

    private List<Change> compared(StoredEntry entry, List<StoredEntry> earlier) {
        String subject = subject(entry);
        if (subject == null) {
            return List.of();
        }
        Map<String, String> after = state(entry);
        for (int i = earlier.size() - 1; i >= 0; i--) {
            if (subject.equals(subject(earlier.get(i)))) {
                Map<String, String> before = state(earlier.get(i));
                List<Change> changes = new ArrayList<>();
                after.forEach((what, value) -> {
                    if (!value.equals(before.get(what))) {
                        changes.add(new Change(what, before.get(what), value));
                    }
                });
                return changes;
            }
        }
        return List.of();
    }

    /** What an entry says the state of; null if nothing that has one. */
    private static @Nullable String subject(StoredEntry entry) {
        JsonNode content = entry.read().path("content");
        return switch (entry.what()) {
            case "CONSENT_REQUEST_KEPT", "CONSENT_ANSWER_KEPT" ->
                "request " + content.path("request").asText();
            case "MAIL_SENT", "MAIL_REDIRECTED" ->
                "mail " + content.path("mail").asText();
            case "CHANGE_SCHEDULED", "BILLING_DATE_MOVED" -> "date";
            case "QUOTE_MADE" -> "quote";
            case "PROCESS_STARTED", "PROCESS_MOVED", "PROCESS_ENDED" ->
                "instance " + content.path("instance").asText();
            default -> null;
        };
    }

    private Map<String, String> state(StoredEntry entry) {
        Map<String, String> state = new LinkedHashMap<>();
        words.details(entry)
                .forEach(detail ->
                        state.put(detail.path(), detail.value() == null ? words.text("audit.erased") : detail.value()));
        return state;
    }
}

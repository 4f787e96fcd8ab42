package org.billingtakeover.audit.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.billingtakeover.audit.Said;
import org.billingtakeover.audit.StoryEntry;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
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

    /** @param earlier the entries of the case before it */
    List<Change> of(StoryEntry entry, List<StoryEntry> earlier) {
        Said said = entry.said();
        if (said instanceof Said.Operated operated) {
            return operated.changes().stream()
                    .map(each -> new Change(
                            words.value("property", each.property()), orNull(each.before()), orNull(each.after())))
                    .toList();
        }
        if (said instanceof Said.Switched change) {
            return List.of(new Change(
                    words.text(
                            "audit.payerFrom",
                            words.value("product", change.way().moving().name()),
                            words.value("", change.billingDate().toString())),
                    words.value("from", change.from().name()),
                    words.value("to", change.to().name())));
        }
        if (said instanceof Said.Quoted quoted) {
            return Arrays.stream(Payer.values())
                    .map(payer -> new Change(
                            words.text("audit.monthly." + payer),
                            words.money(quoted.quote().before(payer)),
                            words.money(quoted.quote().after(payer))))
                    .toList();
        }
        if (said instanceof Said.Paid paid) {
            return List.of(new Change(
                    words.text("audit.balance"),
                    words.money(paid.amount()),
                    words.money(Money.zero(paid.amount().currency()))));
        }
        if (entry.what().equals("CLOSED")) {
            return List.of(new Change(
                    words.text("audit.state"), words.text("audit.open"), words.detail("CLOSED", entry.detail())));
        }
        return compared(entry, earlier);
    }

    private @Nullable String orNull(@Nullable String value) {
        return value == null ? null : words.value("", value);
    }

    private List<Change> compared(StoryEntry entry, List<StoryEntry> earlier) {
        String subject = entry.subject();
        if (subject == null) {
            return List.of();
        }
        Map<String, String> after = state(entry);
        for (int i = earlier.size() - 1; i >= 0; i--) {
            if (subject.equals(earlier.get(i).subject())) {
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

    private Map<String, String> state(StoryEntry entry) {
        Map<String, String> state = new LinkedHashMap<>();
        words.details(entry)
                .forEach(detail ->
                        state.put(detail.path(), detail.value() == null ? words.text("audit.erased") : detail.value()));
        return state;
    }
}

package org.billingtakeover.evidence;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.billingtakeover.account.Account;
import org.billingtakeover.audit.CaseStory;
import org.billingtakeover.audit.Said;
import org.billingtakeover.audit.StoryEntry;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.pricing.Charge;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.pricing.QuoteSheet;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.trail.Seal;
import org.jspecify.annotations.Nullable;

/**
 * A case as a page of paper tells it, taken from its story, so that the entries prove it.
 *
 * @param pays who pays each product before and after the change that was last worked out; empty without a quote
 * @param quotes those that the case was carried by or the client was asked about
 * @param seal the newest seal over the case
 */
record CaseOnPaper(
        Takeover takeover,
        Account account,
        CaseStory story,
        List<Pays> pays,
        List<QuoteSheet> quotes,
        @Nullable Seal seal) {

    /** Who pays a product. */
    record Pays(Product product, Payer before, Payer after) {}

    /** @param day that the entry is about; null for none */
    record Step(StoryEntry entry, @Nullable LocalDate day) {}

    static CaseOnPaper of(Takeover takeover, Account account, CaseStory story, @Nullable Seal seal, Language language) {
        Quote carriedBy = story.newestQuote();
        Set<QuoteNumber> shown = new LinkedHashSet<>();
        story.questions().forEach(question -> shown.add(question.quoteNumber()));
        if (carriedBy != null) {
            shown.add(carriedBy.number());
        }
        return new CaseOnPaper(
                takeover,
                account,
                story,
                carriedBy == null ? List.of() : pays(carriedBy),
                shown.stream()
                        .flatMap(number -> story.quote(number).stream())
                        .map(quote ->
                                QuoteSheet.of(quote, language, account.client().timeZone()))
                        .toList(),
                seal);
    }

    public List<Step> steps() {
        return story.entries().stream()
                .map(entry -> new Step(
                        entry,
                        entry.detail().matches("[0-9]{4}-[0-9]{2}-[0-9]{2}") ? LocalDate.parse(entry.detail()) : null))
                .toList();
    }

    public List<StoryEntry> mails() {
        return story.entries().stream()
                .filter(entry -> entry.said() instanceof Said.Mailed)
                .toList();
    }

    public StoryEntry last() {
        return story.entries().get(story.entries().size() - 1);
    }

    private static List<Pays> pays(Quote quote) {
        List<Pays> pays = new ArrayList<>();
        for (Charge before : quote.before()) {
            quote.after().stream()
                    .filter(after -> after.product() == before.product())
                    .forEach(after -> pays.add(new Pays(before.product(), before.payer(), after.payer())));
        }
        return pays;
    }
}

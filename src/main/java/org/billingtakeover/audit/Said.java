package org.billingtakeover.audit;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;

/** What an entry says, of one shape for all who read it, whatever form it was written in. Names are those of the stored JSON. */
public sealed interface Said {

    /** Something said of a person; null where it was erased. */
    record Person(@Nullable String value) {}

    /** Whatever has no shape of its own. */
    record Plain(@Nullable String detail) implements Said {}

    /** @param follows the number of the dearer quote that it takes the place of; null where there is none */
    record Quoted(Quote quote, @Nullable String follows) implements Said {}

    /**
     * A question to the client, as it stood after the entry.
     *
     * @param answer null if there was none so far
     */
    record Question(
            String request,
            String status,
            String way,
            QuoteNumber quoteNumber,
            Language language,
            LocalDate lastDay,
            @Nullable Person name,
            @Nullable Person email,
            @Nullable Answer answer)
            implements Said {}

    /** The evidence of an answer. */
    record Answer(
            boolean confirmed,
            String channel,
            @Nullable String recordedBy,
            Language shownIn,
            Instant at,
            @Nullable Person name,
            @Nullable Person role,
            @Nullable Person from,
            @Nullable Person message) {}

    /** A mail that went out. */
    record Mailed(
            String mail,
            String kind,
            String party,
            Language language,
            boolean frenchFirst,
            @Nullable Person name,
            @Nullable Person email,
            @Nullable Person subject,
            String textDigest)
            implements Said {}

    /** The address of a mail was corrected. */
    record Readdressed(String mail, @Nullable Person email) implements Said {}

    record Switched(Way way, Payer from, Payer to, LocalDate billingDate) implements Said {}

    record Paid(Money amount) implements Said {}

    record Walked(List<Step> steps) implements Said {}

    /**
     * @param step null where it is the whole diagram that began or ended
     * @param how {@code began} or {@code ended}; of a step in lower case, as {@link org.billingtakeover.picture.Walk.How} has it
     */
    record Step(String process, int version, @Nullable String step, String how) {}

    record Decided(List<Answered> answers) implements Said {}

    record Answered(String table) {}

    /** A run on a diagram went on on another version; in earlier versions also that it began or ended. */
    record Ran(String process, int version, String instance) implements Said {}

    /** Somebody worked on a task, or changed something in the engine. */
    record Operated(String operation, String entity, List<Change> changes) implements Said {}

    record Change(
            String property,
            @Nullable String before,
            @Nullable String after) {}

    /** A step failed, for once or for all tries, or no longer. */
    record Troubled(String step) implements Said {}

    /** The domain refused what a step asked for. */
    record Refused(String step, @Nullable String reason) implements Said {}

    record Commented(@Nullable Person comment) implements Said {}

    /** In which language a form was open, or in earlier versions was made. */
    record FormShown(Language language) implements Said {}

    /** The database is another than the one sealed last. */
    record Replaced(String before, String now) implements Said {}
}

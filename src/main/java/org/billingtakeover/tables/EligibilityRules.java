package org.billingtakeover.tables;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.BillingArrangement;
import org.billingtakeover.account.Doubts;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.tables.Sheet.Line;
import org.billingtakeover.takeover.Moment;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.dmn.feel.impl.FeelException;
import org.camunda.bpm.engine.variable.Variables;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.springframework.context.MessageSource;

/** What has to hold for the tables of refusals: each row asks what the code tells, and gives a reason that people can read. */
final class EligibilityRules {

    private static final String TODAY = "today";
    private static final String DAYS = "daysToNextPayment";
    private static final Set<String> YES_OR_NO = new TreeSet<>(Set.of("yes", "no"));

    /** The columns that hold words, with the words that the code says. */
    static final Map<String, Set<String>> WORDS = words();

    private static final List<String> COLUMNS = Stream.of(
                    WORDS.keySet().stream(), Stream.of(TODAY, DAYS, "reason", "possibleFrom"))
            .flatMap(each -> each)
            .toList();

    private final MessageSource sentences;
    private final FeelEngine feel;

    EligibilityRules(MessageSource sentences) {
        this.sentences = sentences;
        DefaultDmnEngineConfiguration configuration = new DefaultDmnEngineConfiguration();
        configuration.buildEngine();
        this.feel = configuration.getFeelEngine();
    }

    void check(Sheet sheet) {
        if (!sheet.has(HitPolicy.COLLECT, COLUMNS)) {
            return;
        }
        Cells cells = new Cells(sheet);
        List<Refusal> refusals = new ArrayList<>();
        for (Line line : sheet.lines()) {
            checkPossibleFrom(sheet, line);
            Optional<String> reason = cells.text(line, "reason", "NOT_SPLIT");
            reason.ifPresent(code -> checkWorded(sheet, line, code));
            Map<String, Words> words = new LinkedHashMap<>();
            WORDS.forEach(
                    (column, known) -> cells.words(line, column, known).ifPresent(fits -> words.put(column, fits)));
            List<Span> days = cells.daysAsTexts(line, TODAY);
            List<Span> payments = cells.numbers(line, DAYS);
            if (reason.isPresent() && words.size() == WORDS.size() && !days.isEmpty() && !payments.isEmpty()) {
                refusals.add(new Refusal(line, reason.get(), words, days.get(0), payments.get(0)));
            }
        }
        for (Refusal refusal : refusals) {
            refusals.stream()
                    .filter(other -> other.line.number() > refusal.line.number() && other.repeats(refusal))
                    .forEach(other -> sheet.fault(
                            List.of(refusal.line, other.line),
                            "reason",
                            "both give %s for the same client. Remove one of them, or end it before the other begins.",
                            refusal.reason));
        }
    }

    private void checkWorded(Sheet sheet, Line line, String reason) {
        List<String> missing = Arrays.stream(Language.values())
                .filter(language ->
                        sentences.getMessage("ineligible." + reason, null, null, Locale.forLanguageTag(language.code()))
                                == null)
                .map(language -> "messages/takeover_" + language.code() + ".properties")
                .toList();
        if (!missing.isEmpty()) {
            sheet.fault(
                    line,
                    "reason",
                    "has no words. Add the sentence ineligible.%s to %s.",
                    reason,
                    String.join(" and ", missing));
        }
    }

    private void checkPossibleFrom(Sheet sheet, Line line) {
        String cell = line.cell("possibleFrom");
        try {
            Object day = cell.isEmpty()
                    ? null
                    : feel.evaluateSimpleExpression(
                            cell,
                            Variables.putValue(TODAY, "2026-01-31")
                                    .putValue("nextPayment", "2026-03-31")
                                    .asVariableContext());
            // "null" is as good a text as an empty cell; what is no day must not look like either.
            if (day != null ? LocalDate.parse(day.toString()) != null : cell.isEmpty() || cell.equals("null")) {
                return;
            }
        } catch (DateTimeException | FeelException e) {
            // Told below, as what gives no day at all.
        }
        sheet.fault(
                line,
                "possibleFrom",
                "gives no day. Write null, or a day as text, such as string(date(today) + duration(\"P1D\")) or string(date(nextPayment) - duration(\"P33D\")).");
    }

    private static Map<String, Set<String>> words() {
        Map<String, Set<String>> words = new LinkedHashMap<>();
        words.put("moment", inWords(Moment.values()));
        for (String fact : List.of("openTakeover", "primaryAdminDisputed", "primaryAdminOfFirm")) {
            words.put(fact, YES_OR_NO);
        }
        Set<String> doubts = inWords(Doubts.Kind.values());
        doubts.add("no");
        words.put("inDoubt", doubts);
        words.put("arrangement", inWords(BillingArrangement.values()));
        words.put("includedInPayroll", YES_OR_NO);
        words.put("onlineStatus", inWords(SubscriptionStatus.values()));
        words.put("timeStatus", inWords(SubscriptionStatus.values()));
        for (String fact : List.of(
                "onlineThroughWholesale",
                "paymentMethodOnFile",
                "sameBillingRegion",
                "firmBillDateToday",
                "annualPlan")) {
            words.put(fact, YES_OR_NO);
        }
        return words;
    }

    private static Set<String> inWords(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> DmnEligibilityTable.inWords(value.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private record Refusal(Line line, String reason, Map<String, Words> words, Span days, Span payments) {

        boolean repeats(Refusal other) {
            return reason.equals(other.reason)
                    && days.meets(other.days)
                    && payments.meets(other.payments)
                    && words.entrySet().stream()
                            .allMatch(each -> each.getValue().meet(other.words.getOrDefault(each.getKey(), Words.ALL)));
        }
    }
}

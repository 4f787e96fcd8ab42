package org.billingtakeover.tables;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.model.Contract;
import org.billingtakeover.model.Faults;
import org.billingtakeover.model.FileRules;
import org.billingtakeover.model.ProcessFiles;
import org.billingtakeover.tables.Sheet.Line;
import org.billingtakeover.takeover.Deadlines;
import org.billingtakeover.takeover.Way;
import org.camunda.bpm.model.dmn.HitPolicy;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Each table that the code asks answers each question that it can be asked, once, and in a form that the code reads. */
@Component
class CheckTables implements FileRules {

    private static final String ON = "on";

    private static final String PLAN = "upper case(plan)";

    /** Provinces and territories, by their codes. */
    private static final Set<String> OF_CANADA =
            new TreeSet<>(Set.of("AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"));

    /** In which firms are paid, as account lists may say. */
    private static final Set<String> CURRENCIES = new TreeSet<>(Set.of("CAD", "USD"));

    private final Map<String, BiConsumer<Sheet, LocalDate>> rules = new LinkedHashMap<>();
    private final Clock clock;

    CheckTables(MessageSource words, Clock clock) {
        this.clock = clock;
        rules.put(DmnPriceList.TABLE, CheckTables::checkPrices);
        rules.put(DmnSalesTaxes.TABLE, CheckTables::checkTaxes);
        rules.put(DmnDeadlines.TABLE, CheckTables::checkDeadlines);
        rules.put(DmnCommissionTerms.TABLE, CheckTables::checkCommissions);
        EligibilityRules eligibility = new EligibilityRules(words);
        for (Way way : Way.values()) {
            rules.put(DmnEligibilityTable.tableOf(way), (sheet, today) -> eligibility.check(sheet));
        }
    }

    Contract.Tables asked() {
        return new Contract.Tables(rules.keySet());
    }

    @Override
    public void check(ProcessFiles files, Faults faults) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        files.tables().forEach((file, model) -> {
            String name = file.replace(".dmn", "");
            Optional.ofNullable(rules.get(name))
                    .ifPresent(rule -> Sheet.of(name, model, faults).ifPresent(sheet -> rule.accept(sheet, today)));
        });
    }

    private static void checkPrices(Sheet sheet, LocalDate today) {
        if (!sheet.has(
                HitPolicy.UNIQUE, List.of("product", PLAN, "currency", "basis", ON, "baseFee", "perUser", "version"))) {
            return;
        }
        Cells cells = new Cells(sheet);
        Map<Sold, Map<String, Periods>> prices = new LinkedHashMap<>();
        boolean allRead = true;
        for (Line line : sheet.lines()) {
            cells.amount(line, "baseFee");
            cells.amount(line, "perUser");
            cells.text(line, "version", "2026-01");
            List<Sold> sold = sold(sheet, cells, line);
            Set<String> bases = cells.named(line, "basis", names(PriceBasis.values()));
            List<Span> days = cells.days(line, ON);
            allRead = allRead && !sold.isEmpty() && !bases.isEmpty() && !days.isEmpty();
            for (Sold each : sold) {
                for (String basis : bases) {
                    if (!each.bases().contains(basis)) {
                        sheet.fault(
                                line,
                                "basis",
                                "is a basis on which %s is never sold. Write one of %s.",
                                each.product,
                                Cells.quoted(each.bases()));
                    }
                    Periods periods = prices.computeIfAbsent(each, key -> new TreeMap<>())
                            .computeIfAbsent(basis, key -> new Periods(sheet, ON, "what " + each.on(basis) + " costs"));
                    days.forEach(span -> periods.add(span, line));
                }
            }
        }
        if (allRead) {
            prices.forEach((sold, byBasis) -> checkPrices(sheet, sold, byBasis, today));
            Stream.of(Product.values())
                    .filter(product -> prices.keySet().stream().noneMatch(sold -> sold.product == product))
                    .forEach(product -> sheet.fault("no row says what %s costs. Add its prices.", product));
        }
    }

    /** A plan may be sold from a later day on; from then on it needs a price on each basis. */
    private static void checkPrices(Sheet sheet, Sold sold, Map<String, Periods> byBasis, LocalDate today) {
        long begins = Math.max(
                today.toEpochDay(),
                byBasis.values().stream().mapToLong(Periods::firstDay).min().orElseThrow());
        byBasis.values().forEach(periods -> {
            periods.mustNotOverlap();
            periods.mustGoOn();
            periods.mustHaveBegunBy(begins);
        });
        sold.bases().stream()
                .filter(basis -> !byBasis.containsKey(basis))
                .forEach(basis -> sheet.fault(
                        "no row says what %s costs, and a quote needs it beside the other basis. Add that row.",
                        sold.on(basis)));
    }

    private static List<Sold> sold(Sheet sheet, Cells cells, Line line) {
        List<Sold> sold = new ArrayList<>();
        Set<String> plans = cells.named(line, PLAN, Set.of());
        Set<String> currencies = cells.named(line, "currency", Set.of());
        checkNames(sheet, line, plans, currencies);
        for (String product : cells.named(line, "product", names(Product.values()))) {
            for (String plan : plans) {
                for (String currency : currencies) {
                    sold.add(new Sold(Product.valueOf(product), plan, currency));
                }
            }
        }
        return sold;
    }

    private static void checkNames(Sheet sheet, Line line, Set<String> plans, Set<String> currencies) {
        plans.stream()
                .filter(plan -> !plan.equals(plan.toUpperCase(Locale.ROOT)))
                .forEach(plan -> sheet.fault(
                        line,
                        PLAN,
                        "is not in capitals, so it fits no plan. Write \"%s\".",
                        plan.toUpperCase(Locale.ROOT)));
        checkCurrencies(sheet, line, currencies);
    }

    private static void checkCurrencies(Sheet sheet, Line line, Set<String> currencies) {
        currencies.stream()
                .filter(currency -> Currency.getAvailableCurrencies().stream()
                        .noneMatch(known -> known.getCurrencyCode().equals(currency)))
                .forEach(currency ->
                        sheet.fault(line, "currency", "is no currency. Write its ISO code, such as \"CAD\"."));
    }

    /** What has a price, to whoever pays for it. */
    private record Sold(Product product, String plan, String currency) {

        Set<String> bases() {
            return Arrays.stream(Payer.values())
                    .map(payer -> PriceBasis.of(product, payer).name())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        String on(String basis) {
            return "%s %s on the basis %s in %s".formatted(product, plan, basis, currency);
        }
    }

    private static void checkTaxes(Sheet sheet, LocalDate today) {
        if (!sheet.has(HitPolicy.COLLECT, List.of("country", "province", ON, "name", "rate"))) {
            return;
        }
        Cells cells = new Cells(sheet);
        List<TaxRow> rows = new ArrayList<>();
        for (Line line : sheet.lines()) {
            Set<String> countries = cells.named(line, "country", Set.of());
            Optional<Words> provinces = cells.words(line, "province", Set.of());
            List<Span> days = cells.days(line, ON);
            Optional<String> name = cells.text(line, "name", "GST/TPS");
            Optional<Boolean> none = cells.percent(line, "rate").map(rate -> rate.signum() == 0);
            countries.stream()
                    .filter(country -> !country.matches("[A-Z]{2}"))
                    .forEach(country -> sheet.fault(
                            line, "country", "is no country. Write its code of two capitals, such as \"CA\"."));
            if (countries.contains("CA")) {
                provinces.stream()
                        .flatMap(each -> each.words().stream())
                        .filter(province -> !OF_CANADA.contains(province))
                        .forEach(province -> sheet.fault(
                                line,
                                "province",
                                "names %s, which does not exist. Write one of %s.",
                                province,
                                Cells.quoted(OF_CANADA)));
            }
            for (Span span : days) {
                if (provinces.isPresent() && name.isPresent() && none.isPresent()) {
                    rows.add(new TaxRow(line, countries, provinces.get(), span, name.get(), none.get()));
                }
            }
        }
        for (TaxRow row : rows) {
            rows.stream()
                    .filter(other -> other.line.number() > row.line.number() && other.contradicts(row))
                    .forEach(other -> sheet.fault(
                            List.of(row.line, other.line),
                            ON,
                            "both say what is paid in one province, %s: the same tax, or a tax where a row with the rate 0 says none. End one of them on the day before the other begins, or remove it.",
                            row.days.common(other.days).inDays()));
        }
        if (rows.size() < sheet.lines().size()) {
            // A row that cannot be read seems to be missing.
            return;
        }
        for (String province : OF_CANADA) {
            Periods taxes = new Periods(sheet, ON, "what is paid in " + province + ", Canada");
            List<TaxRow> ofProvince = rows.stream()
                    .filter(row -> row.countries.contains("CA") && row.provinces.fit(province))
                    .toList();
            ofProvince.forEach(row -> taxes.add(row.days, row.line));
            if (ofProvince.isEmpty()) {
                sheet.fault(
                        "no row says what is paid in %s, Canada. Add a row; where there is no tax, with the rate 0.",
                        province);
            } else {
                taxes.mustHaveBegunBy(today.toEpochDay());
                taxes.mustGoOn();
            }
        }
        if (rows.stream().noneMatch(row -> row.countries.contains("US") && row.days.isOpen())) {
            sheet.fault(
                    "no row says what is paid in the United States. Add a row; where there is no tax, with the rate 0.");
        }
    }

    private record TaxRow(Line line, Set<String> countries, Words provinces, Span days, String name, boolean none) {

        boolean contradicts(TaxRow other) {
            return countries.stream().anyMatch(other.countries::contains)
                    && provinces.meet(other.provinces)
                    && days.meets(other.days)
                    && (name.equals(other.name) || none || other.none);
        }
    }

    private static void checkDeadlines(Sheet sheet, LocalDate today) {
        if (!sheet.has(HitPolicy.UNIQUE, List.of("step", ON, "days", "reminderDays"))) {
            return;
        }
        Cells cells = new Cells(sheet);
        Map<String, Periods> steps = new TreeMap<>();
        Map<Line, Integer> warnings = new LinkedHashMap<>();
        int notice = 0;
        boolean allRead = true;
        for (Line line : sheet.lines()) {
            Set<String> named = cells.named(line, "step", names(Deadlines.Step.values()));
            List<Span> periods = cells.days(line, ON);
            Optional<Integer> days = cells.countOfDays(line, "days");
            Optional<List<Integer>> after = cells.daysAfter(line, "reminderDays");
            allRead = allRead && !named.isEmpty() && !periods.isEmpty();
            int last = after.filter(each -> !each.isEmpty())
                    .map(each -> each.get(each.size() - 1))
                    .orElse(0);
            if (days.isPresent() && last >= days.get()) {
                sheet.fault(
                        line,
                        "reminderDays",
                        "comes when the %s days are over. Write days below %s, or more days.",
                        days.get(),
                        days.get());
            }
            named.stream()
                    .filter(step -> last > 0 && !Deadlines.Step.valueOf(step).isRepeated())
                    .forEach(step -> sheet.fault(
                            line,
                            "reminderDays",
                            "would never be asked: nothing is repeated for %s. Write \"\".",
                            step));
            if (named.contains(Deadlines.Step.STOP_WARNING.name())) {
                days.ifPresent(each -> warnings.put(line, each));
            }
            if (named.contains(Deadlines.Step.STOP_NOTICE.name())) {
                notice = Math.max(notice, days.orElse(0));
            }
            for (String step : named) {
                Periods ofStep =
                        steps.computeIfAbsent(step, each -> new Periods(sheet, ON, "how many days " + each + " has"));
                periods.forEach(span -> ofStep.add(span, line));
            }
        }
        for (Map.Entry<Line, Integer> warning : warnings.entrySet()) {
            if (warning.getValue() < notice) {
                sheet.fault(
                        warning.getKey(),
                        "days",
                        "is less than the %s days of STOP_NOTICE: nobody would be told in time, and no integration stop. Write %s or more.",
                        notice,
                        notice);
            }
        }
        if (!allRead) {
            return;
        }
        steps.values().forEach(periods -> {
            periods.mustNotOverlap();
            periods.mustHaveBegunBy(today.toEpochDay());
            periods.mustGoOn();
        });
        names(Deadlines.Step.values()).stream()
                .filter(step -> !steps.containsKey(step))
                .forEach(step -> sheet.fault("no row says how many days %s has. Add one.", step));
    }

    private static void checkCommissions(Sheet sheet, LocalDate today) {
        if (!sheet.has(HitPolicy.UNIQUE, List.of("currency", ON, "share", "months", "threshold"))) {
            return;
        }
        Cells cells = new Cells(sheet);
        Map<String, Periods> terms = new TreeMap<>();
        boolean allRead = true;
        for (Line line : sheet.lines()) {
            Set<String> currencies = cells.named(line, "currency", Set.of());
            checkCurrencies(sheet, line, currencies);
            List<Span> days = cells.days(line, ON);
            cells.percent(line, "share");
            cells.countOfMonths(line, "months");
            cells.amount(line, "threshold");
            allRead = allRead && !currencies.isEmpty() && !days.isEmpty();
            for (String currency : currencies) {
                Periods ofCurrency = terms.computeIfAbsent(
                        currency,
                        each -> new Periods(sheet, ON, "what firms earn and from when they are paid in " + each));
                days.forEach(span -> ofCurrency.add(span, line));
            }
        }
        if (!allRead) {
            return;
        }
        terms.values().forEach(periods -> {
            periods.mustNotOverlap();
            periods.mustHaveBegunBy(today.toEpochDay());
            periods.mustGoOn();
        });
        CURRENCIES.stream()
                .filter(currency -> !terms.containsKey(currency))
                .forEach(currency -> sheet.fault(
                        "no row says what firms earn and from when they are paid in %s. Add one.", currency));
    }

    static Set<String> names(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }
}

package org.billingtakeover.lists.csv;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.lists.LineProblem;
import org.billingtakeover.lists.ListColumn;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.ListLine;
import org.billingtakeover.lists.ListedClient;
import org.billingtakeover.lists.ListedClient.ListedSubscription;

/** One record of a file under its headers. */
final class Row {

    /** All but the two that join letters and pictures in one name. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cf}&&[^\\u200C\\u200D]]+");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    private static final Set<String> TOTALS = Set.of(
            "total",
            "totals",
            "totaux",
            "sous total",
            "subtotal",
            "sub total",
            "grand total",
            "total general",
            "somme",
            "sum");
    /** More than one word, of which one has several letters: no id, whatever was cut off behind it. */
    private static final Pattern NOTE = Pattern.compile("\\p{L}{3}.* .*\\S|\\S.* .*\\p{L}{3}");

    private static final int LONGEST_SHOWN = 80;
    private static final int MOST_USERS = 10_000;

    private static final List<ListColumn> ONLINE = List.of(
            ListColumn.ONLINE_PLAN,
            ListColumn.ONLINE_USERS,
            ListColumn.ONLINE_PAYER,
            ListColumn.ONLINE_BILLING_DAY,
            ListColumn.ONLINE_STATUS);
    private static final List<ListColumn> TIME = List.of(
            ListColumn.TIME_PLAN,
            ListColumn.TIME_USERS,
            ListColumn.TIME_PAYER,
            ListColumn.TIME_CYCLE,
            ListColumn.TIME_RENEWAL_DATE,
            ListColumn.TIME_BILLING_DAY,
            ListColumn.TIME_STATUS);

    private static final Function<String, Language> LANGUAGE = oneOf(Words.LANGUAGES, ListFault.NOT_A_LANGUAGE);
    private static final Function<String, String> COUNTRY = new Remembered<>(Values::country);
    private static final Function<String, ZoneId> TIME_ZONE = new Remembered<>(Values::timeZone);
    private static final Function<String, Currency> CURRENCY = new Remembered<>(Values::currency);
    private static final Function<String, LocalDate> DATE = new Remembered<>(Values::date);
    private static final Function<String, IntegrationStatus> INTEGRATION =
            oneOf(Words.INTEGRATIONS, ListFault.NOT_AN_INTEGRATION);
    private static final Function<String, BigDecimal> AMOUNT = new Remembered<>(Values::amount);
    private static final Function<String, String> PLAN = new Remembered<>(Values::plan);
    private static final Function<String, Integer> USERS = new Remembered<>(Values.number(1, MOST_USERS));
    private static final Function<String, Payer> PAYER = oneOf(Words.PAYERS, ListFault.NOT_A_PAYER);
    private static final Function<String, BillingCycle> CYCLE = oneOf(Words.CYCLES, ListFault.NOT_A_CYCLE);
    private static final Function<String, Integer> BILLING_DAY = new Remembered<>(Values.number(1, 31));
    private static final Function<String, SubscriptionStatus> STATUS = oneOf(Words.STATUSES, ListFault.NOT_A_STATUS);
    private static final Function<String, Boolean> IN_PAYROLL = oneOf(Words.YES_OR_NO, ListFault.NOT_YES_OR_NO);
    private static final Function<String, Boolean> NO_PRODUCT =
            new Remembered<>(cell -> Words.NO_PRODUCT.meaning(cell).isPresent());

    private final Header header;
    private final long number;
    private final List<String> cells;
    private final boolean broken;
    private final List<LineProblem> problems = new ArrayList<>();

    private static <T> Function<String, T> oneOf(Words<T> words, ListFault otherwise) {
        return new Remembered<>(Values.oneOf(words, otherwise));
    }

    Row(Header header, Records.Record record) {
        this.header = header;
        this.number = record.line();
        this.cells = record.cells().stream().map(Row::tidy).toList();
        this.broken = record.broken();
    }

    /** The text on one line, with single spaces and none around it. */
    static String tidy(String cell) {
        if (isTidy(cell)) {
            return cell;
        }
        return SPACES.matcher(UNSEEN.matcher(Normalizer.normalize(cell, Normalizer.Form.NFC))
                        .replaceAll(""))
                .replaceAll(" ")
                .strip();
    }

    /** Of most cells this is told by their signs alone. */
    private static boolean isTidy(String cell) {
        boolean behindSpace = true;
        for (int i = 0; i < cell.length(); i++) {
            char sign = cell.charAt(i);
            if (sign == ' ' ? behindSpace : sign < '!' || sign > '~') {
                return false;
            }
            behindSpace = sign == ' ';
        }
        return cell.isEmpty() || !behindSpace;
    }

    boolean isBlank() {
        return !broken && cells.stream().allMatch(String::isEmpty);
    }

    ListLine read() {
        if (broken) {
            return bad(shown(String.join(" ", cells)), ListFault.BROKEN_OFF);
        }
        if (isNoClient()) {
            return new ListLine.Skipped(number, shown(String.join(" ", cells).strip()));
        }
        if (cells.size() < header.size()) {
            String last = cells.get(cells.size() - 1);
            return bad(shown(last), ListFault.CUT_OFF, Integer.toString(cells.size()), Integer.toString(header.size()));
        }
        if (cells.stream().skip(header.size()).anyMatch(cell -> !cell.isEmpty())) {
            String extra = String.join(" ", cells.subList(header.size(), cells.size()));
            return bad(shown(extra), ListFault.MORE_VALUES_THAN_COLUMNS);
        }
        for (ListColumn column : ListColumn.values()) {
            if (cell(column).indexOf(ListText.DAMAGED) >= 0) {
                problem(column, ListFault.DAMAGED, List.of());
            } else if (!column.mayBeUntold()) {
                Untold.of(cell(column), column).ifPresent(fault -> problem(column, fault, List.of()));
            }
        }
        Optional<CompanyId> companyId = read(ListColumn.COMPANY_ID, Values::companyId);
        if (problems.isEmpty()) {
            if (isWithout(TIME)) {
                return new ListLine.Incomplete(number, companyId.orElseThrow(), Product.QUICKBOOKS_TIME);
            }
            if (isWithout(ONLINE)) {
                return new ListLine.Incomplete(number, companyId.orElseThrow(), Product.QUICKBOOKS_ONLINE);
            }
        }
        return complete(companyId);
    }

    /** The company that a line means of which nothing else may be sure. */
    Optional<CompanyId> companyOfBadLine() {
        return Optional.of(cell(ListColumn.COMPANY_ID))
                .filter(cell -> !cell.isEmpty())
                .map(CompanyId::listed);
    }

    /** A total, the headers again, or a note such as the date of the report, with no cell of a client. */
    private boolean isNoClient() {
        boolean note = cells.stream().skip(1).allMatch(String::isEmpty)
                && NOTE.matcher(cells.get(0)).find();
        boolean total = cell(ListColumn.COMPANY_NAME).isEmpty()
                && cell(ListColumn.ADMIN_EMAIL).isEmpty()
                && TOTALS.contains(Words.plain(cells.get(0)));
        return note || total || header.isAgain(cells);
    }

    private ListLine bad(String value, ListFault fault, String... arguments) {
        return new ListLine.Bad(number, List.of(new LineProblem(number, null, value, fault, List.of(arguments))));
    }

    private ListLine complete(Optional<CompanyId> companyId) {
        Optional<String> name = read(ListColumn.COMPANY_NAME, Values::text);
        Optional<String> adminName = read(ListColumn.ADMIN_NAME, Values::text);
        Optional<String> adminEmail = read(ListColumn.ADMIN_EMAIL, Values::email);
        Optional<Language> language = read(ListColumn.LANGUAGE, LANGUAGE);
        Optional<String> country = read(ListColumn.COUNTRY, COUNTRY);
        Optional<String> province =
                country.flatMap(known -> read(ListColumn.PROVINCE, value -> Values.province(known, value)));
        Optional<ZoneId> timeZone = timeZone(country, province);
        Optional<Currency> currency = read(ListColumn.CURRENCY, CURRENCY);
        Optional<LocalDate> stopDate = readIfThere(ListColumn.STOP_DATE, DATE);
        Optional<ListedSubscription> online = online();
        Optional<ListedSubscription> time = time();
        Optional<IntegrationStatus> integration = ifTold(ListColumn.INTEGRATION, INTEGRATION);
        Optional<BigDecimal> commission = ifTold(ListColumn.TIME_COMMISSION, AMOUNT);
        if (!problems.isEmpty()) {
            return new ListLine.Bad(number, problems);
        }
        return new ListLine.Complete(
                number,
                new ListedClient(
                        companyId.orElseThrow(),
                        name.orElseThrow(),
                        new PrimaryAdmin(adminName.orElseThrow(), adminEmail.orElseThrow()),
                        language.orElseThrow(),
                        country.orElseThrow(),
                        province.orElseThrow(),
                        timeZone.orElseThrow(),
                        currency.orElseThrow(),
                        stopDate.orElse(null),
                        online.orElseThrow(),
                        time.orElseThrow()),
                integration.orElse(null),
                commission.orElse(null));
    }

    /** Not every export tells it: an error of a spreadsheet here is as good as an empty cell. */
    private <T> Optional<T> ifTold(ListColumn column, Function<String, T> meaning) {
        return Untold.of(cell(column), column).isPresent() ? Optional.empty() : readIfThere(column, meaning);
    }

    private Optional<ZoneId> timeZone(Optional<String> country, Optional<String> province) {
        if (!cell(ListColumn.TIME_ZONE).isEmpty()) {
            return read(ListColumn.TIME_ZONE, TIME_ZONE);
        }
        if (country.isEmpty() || province.isEmpty()) {
            return Optional.empty();
        }
        Optional<ZoneId> ofProvince =
                Regions.region(country.get(), province.get()).map(Regions.Region::timeZone);
        if (ofProvince.isEmpty()) {
            problem(ListColumn.PROVINCE, ListFault.MISSING_TIME_ZONE, List.of());
        }
        return ofProvince;
    }

    private Optional<ListedSubscription> online() {
        Optional<String> plan = read(ListColumn.ONLINE_PLAN, PLAN);
        Optional<Integer> users = readIfThere(ListColumn.ONLINE_USERS, USERS);
        Optional<Payer> payer = read(ListColumn.ONLINE_PAYER, PAYER);
        Optional<Integer> billingDay = read(ListColumn.ONLINE_BILLING_DAY, BILLING_DAY);
        Optional<SubscriptionStatus> status = read(ListColumn.ONLINE_STATUS, STATUS);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ListedSubscription(
                plan.orElseThrow(),
                users.orElse(1),
                payer.orElseThrow(),
                BillingCycle.MONTHLY,
                billingDay.orElseThrow(),
                null,
                false,
                status.orElseThrow()));
    }

    private Optional<ListedSubscription> time() {
        Optional<String> plan = read(ListColumn.TIME_PLAN, PLAN);
        Optional<Integer> users = read(ListColumn.TIME_USERS, USERS);
        Optional<Payer> payer = read(ListColumn.TIME_PAYER, PAYER);
        Optional<BillingCycle> cycle = read(ListColumn.TIME_CYCLE, CYCLE);
        Optional<LocalDate> renewal = Optional.empty();
        if (cycle.filter(BillingCycle.ANNUAL::equals).isPresent()) {
            renewal = readIfThere(ListColumn.TIME_RENEWAL_DATE, DATE);
            if (cell(ListColumn.TIME_RENEWAL_DATE).isEmpty()) {
                problem(ListColumn.TIME_CYCLE, ListFault.MISSING_RENEWAL_DATE, List.of());
            }
        }
        Optional<Integer> billingDay = read(ListColumn.TIME_BILLING_DAY, BILLING_DAY);
        Optional<SubscriptionStatus> status = read(ListColumn.TIME_STATUS, STATUS);
        Optional<Boolean> inPayroll = readIfThere(ListColumn.TIME_IN_PAYROLL, IN_PAYROLL);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ListedSubscription(
                plan.orElseThrow(),
                users.orElseThrow(),
                payer.orElseThrow(),
                cycle.orElseThrow(),
                billingDay.orElseThrow(),
                renewal.orElse(null),
                inPayroll.orElse(false),
                status.orElseThrow()));
    }

    /** Whether all cells of a product are empty, or its plan says that there is none and no other cell tells of it. */
    private boolean isWithout(List<ListColumn> columns) {
        boolean noPlan = NO_PRODUCT.apply(cell(columns.get(0)));
        return columns.stream()
                .map(this::cell)
                .allMatch(cell -> cell.isEmpty() || (noPlan && (NO_PRODUCT.apply(cell) || cell.equals("0"))));
    }

    private boolean isBad(ListColumn column) {
        return problems.stream().anyMatch(problem -> header.nameOf(column).equals(problem.column()));
    }

    private <T> Optional<T> read(ListColumn column, Function<String, T> meaning) {
        if (cell(column).isEmpty()) {
            problem(column, ListFault.MISSING_VALUE, List.of());
            return Optional.empty();
        }
        return readIfThere(column, meaning);
    }

    private <T> Optional<T> readIfThere(ListColumn column, Function<String, T> meaning) {
        String cell = cell(column);
        if (cell.isEmpty() || isBad(column)) {
            return Optional.empty();
        }
        try {
            return Optional.of(meaning.apply(cell));
        } catch (Misread misread) {
            problem(column, misread.fault(), misread.arguments());
            return Optional.empty();
        }
    }

    LineProblem problemOf(ListColumn column, ListFault fault, List<String> arguments) {
        return new LineProblem(number, header.nameOf(column), shown(cell(column)), fault, arguments);
    }

    private void problem(ListColumn column, ListFault fault, List<String> arguments) {
        problems.add(problemOf(column, fault, arguments));
    }

    private String cell(ListColumn column) {
        return header.position(column)
                .filter(position -> position < cells.size())
                .map(cells::get)
                .orElse("");
    }

    private static String shown(String value) {
        return value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
    }
}

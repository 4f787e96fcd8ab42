package org.billingtakeover.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of each table ten changes that an owner may make, and ten that get a sentence instead: file, row, column, and how to mend it. Tables here
 * are the tests' own; what is shipped is an owner's to change.
 */
@Tag("slow")
@DisplayName("S94 A table")
class ChangedTablesTest {

    private static final ProcessFiles FILES = FilesOnDisk.read(FilesOnDisk.TABLES_OF_TESTS);

    private static final CheckFiles CHECK = Product.checkOfTables();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "price-list",
                "sales-tax",
                "deadlines",
                "commissions",
                "takeover-eligibility",
                "client-takeover-eligibility"
            })
    @DisplayName("is sound as the tests have it")
    void sound(String table) {
        assertThat(FILES.texts()).containsKey(table + ".dmn");
        assertThat(CHECK.faults(FILES)).isEmpty();
    }

    // ---- prices

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            another price               | TimePremiumCadList2026 | baseFee  | "26.50"
            a price without cents       | TimePremiumCadList2026 | baseFee  | "26"
            a price as a number         | TimePremiumCadList2026 | perUser  | 11.25
            a price of nothing          | TimeEliteUsdList2026   | baseFee  | "0.00"
            a version of one's own      | TimePremiumCadList2026 | version  | "2026, our own"
            an end with both signs      | TimePremiumCadList2024 | on       | [date("2023-07-01")..date("2025-12-31")]
            a beginning with one sign   | TimePremiumCadList2026 | on       | > date("2025-12-31")
            a half-open end             | TimePremiumCadList2024 | on       | [date("2024-01-01")..date("2026-01-01"))
            two currencies in one row   | OnlinePlusCadList2024  | currency | "CAD","EUR"
            """)
    @DisplayName("of prices may have")
    void prices(String what, String row, String column, String cell) {
        ProcessFiles changed = cell.contains("EUR")
                ? cell(
                        cell(FILES, "price-list", row, column, cell),
                        "price-list",
                        "OnlinePlusCadWholesale2024",
                        column,
                        cell)
                : cell(FILES, "price-list", row, column, cell);
        assertThat(CHECK.faults(changed)).as(what).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TimePremiumCadList2026   | "27.00" | >= date("2027-03-01")
            """)
    @DisplayName("of prices may have a new price from a day on")
    void newPrice(String row, String price, String from) {
        ProcessFiles ended = cell(FILES, "price-list", row, "on", "[date(\"2026-01-01\")..date(\"2027-02-28\")]");
        assertThat(CHECK.faults(copied(ended, "price-list", row, "baseFee", price, "on", from)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TimePremiumCadList2026 | baseFee  | "17,50" | is no amount. Write at least 0.00, with a point
            TimePremiumCadList2026 | baseFee  | 17,50   | is no amount. Write at least 0.00, with a point
            TimePremiumCadList2026 | perUser  | "-1.00" | is no amount
            TimePremiumCadList2026 | perUser  | "1.005" | is no amount
            TimePremiumCadList2026 | version  | ``      | an empty cell is no text. Write it in quotation marks
            TimePremiumCadList2026 | plan     | "Premium" | is not in capitals, so it fits no plan. Write "PREMIUM"
            TimePremiumCadList2026 | currency | "CAN"   | is no currency. Write its ISO code, such as "CAD"
            TimePremiumCadList2026 | basis    | "WHOLESALE" | is a basis on which QUICKBOOKS_TIME is never sold. Write one of "LIST", "PROADVISOR_PREFERRED"
            TimePremiumCadList2026 | product  | "QUICKBOOKS_PAYROLL" | names "QUICKBOOKS_PAYROLL", which does not exist. Write one of "QUICKBOOKS_ONLINE", "QUICKBOOKS_TIME"
            TimePremiumCadList2026 | on       | >= "2026-01-01" | cannot be read. Write >= date("2026-01-01")
            TimePremiumCadList2026 | on       | >= date("2026-02-30") | names a day that does not exist
            TimePremiumCadList2026 | on       | [date("2026-12-31")..date("2026-01-01")] | ends before it begins
            TimePremiumCadList2026 | on       | [date("2026-01-01")..date("2026-12-31")] | it ends on 2026-12-31, and no row says what QUICKBOOKS_TIME PREMIUM on the basis LIST in CAD costs from then on. Add a row with >= date("2027-01-01")
            TimePremiumCadList2026 | on       | >= date("2026-02-01") | nothing says what QUICKBOOKS_TIME PREMIUM on the basis LIST in CAD costs from 2026-01-01 to 2026-01-31
            TimePremiumCadList2026 | on       | >= date("2025-12-01") | both say what QUICKBOOKS_TIME PREMIUM on the basis LIST in CAD costs, from 2025-12-01 to 2025-12-31. End one of them
            """)
    @DisplayName("of prices is told, by row and column, what is wrong and how to mend it")
    void unreadablePrices(String row, String column, String cell, String sentence) {
        assertTold(cell(FILES, "price-list", row, column, cell), "price-list", row, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            OnlinePlusCadWholesale2024 | no row says what QUICKBOOKS_ONLINE PLUS on the basis WHOLESALE in CAD costs, and a quote needs it beside the other basis. Add that row.
            TimePremiumCadList2026     | it ends on 2025-12-31, and no row says what QUICKBOOKS_TIME PREMIUM on the basis LIST in CAD costs from then on
            """)
    @DisplayName("of prices without a row is told so")
    void missingPrices(String row, String sentence) {
        assertThat(CHECK.faults(without(FILES, "price-list", row)))
                .anyMatch(fault -> fault.startsWith("price-list.dmn: ") && fault.contains(sentence));
    }

    // ---- taxes

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            another rate                 | QstQuebec    | rate     | 10.25
            a whole rate                 | HstOntario   | rate     | 14
            no tax                       | HstOntario   | rate     | 0
            a rate of four decimals      | QstQuebec    | rate     | 9.9755
            another name                 | Gst          | name     | "GST"
            an earlier beginning         | Gst          | on       | >= date("1991-01-01")
            any day                      | HstOntario   | on       | -
            two provinces in one row     | PstSaskatchewan | province | "SK","MB"
            all states but one           | NoneUnitedStates | province | not("NY")
            another country              | NoneUnitedStates | country  | "US","MX"
            """)
    @DisplayName("of taxes may have")
    void taxes(String what, String row, String column, String cell) {
        assertThat(CHECK.faults(cell(FILES, "sales-tax", row, column, cell)))
                .as(what)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Gst        | rate     | "5 %"     | is no rate. Write per cent from 0 to below 100 with a point, without quotation marks and without a sign, such as 9.975
            QstQuebec  | rate     | 9,975     | is no rate
            QstQuebec  | rate     | 0.09975   | looks like a fraction. Write per cent: 9.975 where it is 0.09975 of the price
            QstQuebec  | rate     | 100       | is no rate
            QstQuebec  | rate     | -5        | is no rate
            QstQuebec  | name     | QST       | is no text. Write it in quotation marks
            QstQuebec  | province | "QX"      | names QX, which does not exist. Write one of "AB", "BC"
            QstQuebec  | country  | "Canada"  | is no country. Write its code of two capitals, such as "CA"
            QstQuebec  | country  | -         | does not say what the row is about
            QstQuebec  | province | QC        | cannot be read. Write words in quotation marks with commas between them
            HstOntario | on       | [date("2010-07-01")..date("2026-06-30")] | it ends on 2026-06-30, and no row says what is paid in ON, Canada from then on
            HstNovaScotia2025 | on | >= date("2025-05-01") | nothing says what is paid in NS, Canada from 2025-04-01 to 2025-04-30
            HstNovaScotia2025 | on | >= date("2025-03-01") | both say what is paid in one province, from 2025-03-01 to 2025-03-31
            """)
    @DisplayName("of taxes is told, by row and column, what is wrong and how to mend it")
    void unreadableTaxes(String row, String column, String cell, String sentence) {
        assertTold(cell(FILES, "sales-tax", row, column, cell), "sales-tax", row, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            HstOntario       | no row says what is paid in ON, Canada. Add a row; where there is no tax, with the rate 0.
            NoneUnitedStates | no row says what is paid in the United States
            """)
    @DisplayName("of taxes without a row is told so")
    void missingTaxes(String row, String sentence) {
        assertThat(CHECK.faults(without(FILES, "sales-tax", row)))
                .anyMatch(fault -> fault.startsWith("sales-tax.dmn: ") && fault.contains(sentence));
    }

    // ---- days

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            more days           | ClientAnswer  | days         | 21
            fewer days          | ClientAnswer  | days         | 8
            one more reminder   | ClientAnswer  | reminderDays | "3, 7, 12"
            no reminder         | ClientAnswer  | reminderDays | ""
            no spaces           | ClientAnswer  | reminderDays | "2,5"
            a longer review     | Review        | days         | 45
            a shorter quote     | QuoteValidity | days         | 7
            a later stop        | StopDate      | days         | 60
            an earlier warning  | StopWarning   | days         | 30
            a longer notice     | StopNotice    | days         | 21
            invited more often  | Invitation    | days         | 5
            no further attempt  | SwitchRetry   | reminderDays | ""
            an earlier beginning | Review       | on           | >= date("2023-01-01")
            """)
    @DisplayName("of days may have")
    void days(String what, String row, String column, String cell) {
        assertThat(CHECK.faults(cell(FILES, "deadlines", row, column, cell)))
                .as(what)
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ClientAnswer | reminderDays | 3; cinq   | is no list of days. Write them in quotation marks, in ascending order and with commas between them, such as "3, 7"
            ClientAnswer | reminderDays | "3; cinq" | is no list of days
            ClientAnswer | reminderDays | "7, 3"    | is no list of days
            ClientAnswer | reminderDays | "0, 3"    | is no list of days
            ClientAnswer | reminderDays | "3, 14"   | comes when the 14 days are over. Write days below 14, or more days
            Review       | reminderDays | "3"       | would never be asked: nothing is repeated for REVIEW. Write ""
            ClientAnswer | days         | "14"      | is no count of days. Write a whole number from 1 to 3650, such as 14
            ClientAnswer | days         | 0         | is no count of days
            ClientAnswer | days         | 14.5      | is no count of days
            ClientAnswer | step         | "ANSWER"  | names "ANSWER", which does not exist. Write one of "ANSWER_WARNING"
            ClientAnswer | on           | [date("2024-01-01")..date("2026-06-30")] | it ends on 2026-06-30, and no row says how many days CLIENT_ANSWER has from then on
            ClientAnswer | on           | >= date("2027-01-01") | nothing says how many days CLIENT_ANSWER has before 2027-01-01
            StopWarning  | days         | 13        | is less than the 14 days of STOP_NOTICE: nobody would be told in time, and no integration stop. Write 14 or more
            Review       | step         | "CLIENT_ANSWER" | both say how many days CLIENT_ANSWER has, from 2024-01-01 on. End one of them
            """)
    @DisplayName("of days is told, by row and column, what is wrong and how to mend it")
    void unreadableDays(String row, String column, String cell, String sentence) {
        assertTold(cell(FILES, "deadlines", row, column, cell), "deadlines", row, sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Review", "ClientAnswer", "StopDate"})
    @DisplayName("of days without a row is told so")
    void missingDays(String row) {
        assertThat(CHECK.faults(without(FILES, "deadlines", row)))
                .anyMatch(fault -> fault.matches("deadlines.dmn: no row says how many days [A-Z_]+ has. Add one."));
    }

    // ---- commissions

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            another share            | Cad | share     | 25
            a share with decimals    | Cad | share     | 12.5
            no share                 | Cad | share     | 0
            more months              | Cad | months    | 24
            one month                | Usd | months    | 1
            a higher threshold       | Cad | threshold | "300.00"
            a threshold of nothing   | Cad | threshold | "0.00"
            a threshold without cents | Cad | threshold | "100"
            a threshold as a number  | Usd | threshold | 175.50
            an earlier beginning     | Cad | on        | >= date("2020-07-01")
            any day                  | Usd | on        | -
            another currency beside  | Usd | currency  | "USD","EUR"
            """)
    @DisplayName("of commissions may have")
    void commissions(String what, String row, String column, String cell) {
        assertThat(CHECK.faults(cell(FILES, "commissions", row, column, cell)))
                .as(what)
                .isEmpty();
    }

    @Test
    @DisplayName("of commissions may have a new threshold from a day on")
    void newThreshold() {
        ProcessFiles ended = cell(FILES, "commissions", "Cad", "on", "[date(\"2024-01-01\")..date(\"2026-12-31\")]");
        assertThat(CHECK.faults(copied(
                        ended, "commissions", "Cad", "threshold", "\"400.00\"", "on", ">= date(\"2027-01-01\")")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            Cad | share     | "30 %"   | is no rate. Write per cent from 0 to below 100 with a point
            Cad | share     | 0.15     | looks like a fraction. Write per cent: 15 where it is 0.15 of the price
            Cad | share     | 100      | is no rate
            Cad | months    | 0        | is no count of months. Write a whole number from 1 to 120, such as 12
            Cad | months    | "12"     | is no count of months
            Cad | months    | 12.5     | is no count of months
            Cad | months    | 121      | is no count of months
            Cad | threshold | "250,00" | is no amount. Write at least 0.00, with a point
            Cad | threshold | "-1.00"  | is no amount
            Cad | threshold | ``       | an empty cell is no amount
            Cad | currency  | "CAN"    | is no currency. Write its ISO code, such as "CAD"
            Cad | currency  | -        | does not say what the row is about
            Cad | on        | >= date("2026-02-30") | names a day that does not exist
            Cad | on        | [date("2024-01-01")..date("2026-12-31")] | it ends on 2026-12-31, and no row says what firms earn and from when they are paid in CAD from then on. Add a row with >= date("2027-01-01")
            Cad | on        | >= date("2036-01-01") | nothing says what firms earn and from when they are paid in CAD before 2036-01-01
            Usd | currency  | "CAD"    | both say what firms earn and from when they are paid in CAD, from 2024-01-01 on. End one of them
            """)
    @DisplayName("of commissions is told, by row and column, what is wrong and how to mend it")
    void unreadableCommissions(String row, String column, String cell, String sentence) {
        assertTold(cell(FILES, "commissions", row, column, cell), "commissions", row, sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cad", "Usd"})
    @DisplayName("of commissions without a row is told so")
    void missingCommissions(String row) {
        assertThat(CHECK.faults(without(FILES, "commissions", row)))
                .anyMatch(fault ->
                        fault.matches("commissions.dmn: no row says what firms earn and from when they are paid in "
                                + "(CAD|USD)\\. Add one\\."));
    }

    // ---- reasons

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            another moment        | TimePastDue       | moment             | "consent","billing date"
            every moment          | TimePastDue       | moment             | -
            a known reason        | TimePastDue       | reason             | "NOT_ON_LIST"
            another day from then | NextPaymentTooFar | possibleFrom       | string(date(nextPayment) - duration("P10D"))
            no day                | NextPaymentTooFar | possibleFrom       | null
            a day of the year     | OtherRegion       | possibleFrom       | "2027-01-01"
            fewer days            | NextPaymentTooFar | daysToNextPayment  | > 10
            a range of days       | AnnualTooEarly    | daysToNextPayment  | [31..366]
            an end                | TimePastDue       | today              | ["2024-01-23".."2026-12-31"]
            two states            | TimePastDue       | timeStatus         | "past due","suspended"
            """)
    @DisplayName("of reasons may have")
    void reasons(String what, String row, String column, String cell) {
        assertThat(CHECK.faults(cell(FILES, "takeover-eligibility", row, column, cell)))
                .as(what)
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PayerInDoubt",
                "CompanyInDoubt",
                "NotListed",
                "NotSplit",
                "InPayrollPlan",
                "OnlineCancelled",
                "TimeCancelled",
                "OnlinePastDue",
                "OnlineSuspended",
                "TimePastDue",
                "TimeSuspended"
            })
    @DisplayName("of reasons may have a row less")
    void reasonRemoved(String row) {
        assertThat(CHECK.faults(without(FILES, "client-takeover-eligibility", row)))
                .isEmpty();
        assertThat(CHECK.faults(without(FILES, "takeover-eligibility", row))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            TimePastDue   | reason             | "TIME_LATE"  | has no words. Add the sentence ineligible.TIME_LATE to messages/takeover_
            TimePastDue   | reason             | TIME_PAST_DUE | is no text
            TimePastDue   | moment             | "openning"   | names "openning", which does not exist. Write one of "billing date", "consent", "opening", "scheduling"
            TimePastDue   | moment             | opening      | cannot be read. Write words in quotation marks
            TimePastDue   | timeStatus         | "PAST_DUE"   | names "PAST_DUE", which does not exist
            TimePastDue   | openTakeover       | false        | cannot be read. Write words in quotation marks with commas between them, such as "no", "yes"
            TimePastDue   | today              | >= date("2024-01-23") | cannot be read. Write >= "2026-01-01"
            TimePastDue   | today              | >= "23.01.2024" | names a day that does not exist
            TimePastDue   | daysToNextPayment  | more than 33 | cannot be read. Write >= 33
            TimePastDue   | possibleFrom       | string(date(tomorrow)) | gives no day. Write null
            TimePastDue   | possibleFrom       | "soon"       | gives no day
            TimeSuspended | timeStatus         | "suspended","late" | names "late", which does not exist
            """)
    @DisplayName("of reasons is told, by row and column, what is wrong and how to mend it")
    void unreadableReasons(String row, String column, String cell, String sentence) {
        for (String table : List.of("takeover-eligibility", "client-takeover-eligibility")) {
            assertTold(cell(FILES, table, row, column, cell), table, row, sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"takeover-eligibility", "client-takeover-eligibility"})
    @DisplayName("of reasons is told where two rows give one reason for the same client")
    void repeatedReason(String table) {
        assertThat(CHECK.faults(copied(FILES, table, "NotSplit", "arrangement", "\"firm pays all\"")))
                .singleElement()
                .asString()
                .startsWith(table + ".dmn: rows ")
                .contains("both give NOT_SPLIT for the same client. Remove one of them");
    }

    // ---- columns and files

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            price-list           | hitPolicy="UNIQUE"    | hitPolicy="FIRST"      | its hit policy is First. Make it Unique again
            sales-tax            | hitPolicy="COLLECT"   | hitPolicy="UNIQUE"     | its hit policy is Unique. Make it Collect again
            sales-tax            | name="rate"           | name="percent"         | has no column rate. Put it back under that name
            deadlines            | <text>step</text>     | <text>what</text>      | has no column step. Put it back under that name
            takeover-eligibility | <text>annualPlan</text> | <text>annual</text>  | the column “Time is an annual plan” asks or answers annual, which the code does not know
            deadlines            | </decision>           | </decisio>             | cannot be read:
            """)
    @DisplayName("that lost what the code reads is told so")
    void columns(String table, String before, String after, String sentence) {
        assertThat(CHECK.faults(FilesOnDisk.edited(FILES, table + ".dmn", before, after)))
                .anyMatch(fault -> fault.startsWith(table + ".dmn: ") && fault.contains(sentence));
    }

    private static void assertTold(ProcessFiles files, String table, String row, String sentence) {
        assertThat(CHECK.faults(files))
                .anyMatch(fault -> fault.startsWith(table + ".dmn: row")
                        && fault.contains("(Rule_" + row + ")")
                        && fault.contains(", column “")
                        && fault.contains(sentence));
    }

    /** The files with another text in one cell. */
    private static ProcessFiles cell(ProcessFiles files, String table, String row, String column, String text) {
        String file = files.text(table + ".dmn");
        String cell = "id=\"" + row + "_" + column + "\"><text>";
        int from = file.indexOf(cell) + cell.length();
        assertThat(from).as(row + " " + column).isGreaterThan(cell.length());
        return FilesOnDisk.with(
                files,
                table + ".dmn",
                file.substring(0, from) + xml(text) + file.substring(file.indexOf("</text>", from)));
    }

    private static ProcessFiles without(ProcessFiles files, String table, String row) {
        String file = files.text(table + ".dmn");
        return FilesOnDisk.with(files, table + ".dmn", file.replace(rule(file, row), ""));
    }

    /** The files with a copy of a row, some of whose cells have another text. */
    private static ProcessFiles copied(ProcessFiles files, String table, String row, String... columnsAndTexts) {
        String file = files.text(table + ".dmn");
        String rule = rule(file, row);
        ProcessFiles more = FilesOnDisk.with(
                files,
                table + ".dmn",
                file.replace(
                        rule,
                        rule + rule.replace("Rule_" + row, "Rule_Copy").replace("id=\"" + row + "_", "id=\"Copy_")));
        return IntStream.range(0, columnsAndTexts.length / 2)
                .mapToObj(each -> each)
                .reduce(
                        more,
                        (changed, each) ->
                                cell(changed, table, "Copy", columnsAndTexts[2 * each], columnsAndTexts[2 * each + 1]),
                        (one, other) -> other);
    }

    private static String rule(String file, String row) {
        int from = file.indexOf("<rule id=\"Rule_" + row + "\">");
        assertThat(from).as(row).isPositive();
        return file.substring(from, file.indexOf("</rule>", from) + "</rule>".length());
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

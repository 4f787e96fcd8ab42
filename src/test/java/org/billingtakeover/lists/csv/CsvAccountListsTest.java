package org.billingtakeover.lists.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.billingtakeover.lists.ListFile.headerLine;
import static org.billingtakeover.lists.ListFile.line;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.IntegrationStatus;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.AccountListReader.Lines;
import org.billingtakeover.lists.LineProblem;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.ListFile;
import org.billingtakeover.lists.ListLine;
import org.billingtakeover.lists.ListedClient;
import org.billingtakeover.lists.UnusableAccountList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class CsvAccountListsTest {

    private static final String FRENCH = """
            ID de l'entreprise;Nom de l'entreprise;Administrateur principal;Courriel;Langue;Pays;Province;Devise;\
            Date d'arrêt de l'intégration;Forfait QBO;Nombre d'utilisateurs QBO;Payeur QBO;Jour de facturation QBO;Statut QBO;\
            Forfait Time;Utilisateurs Time;Payeur Time;Cycle Time;Date de renouvellement Time;Jour de facturation Time;\
            Statut Time;Time inclus dans la paie
            9130 3477 2345;Érablière Côté;Zoé Côté;zoe.cote@example.ca;français;Canada;Québec;CAD;31/12/2026;Essentiels;3,0;\
            cabinet comptable;12;actif;Élite;1 250,00;cliente;annuel;2027-03-31;31;en souffrance;non
            """;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE"})
    void frenchListIsReadInEveryEncodingThatSpreadsheetsWrite(String charset) throws Exception {
        String mark = charset.startsWith("UTF-16") ? "\uFEFF" : "";

        ListedClient client = client(ListFile.of(mark + FRENCH, Charset.forName(charset)));

        assertThat(client)
                .returns(new CompanyId("913034772345"), ListedClient::companyId)
                .returns("Érablière Côté", ListedClient::name)
                .returns(Language.FR, ListedClient::language)
                .returns("CA", ListedClient::country)
                .returns("QC", ListedClient::province)
                .returns(ZoneId.of("America/Toronto"), ListedClient::timeZone)
                .returns(LocalDate.of(2026, 12, 31), ListedClient::stopDate);
        assertThat(client.online())
                .isEqualTo(new ListedClient.ListedSubscription(
                        "Essentials", 3, Payer.FIRM, BillingCycle.MONTHLY, 12, null, false, SubscriptionStatus.ACTIVE));
        assertThat(client.time())
                .isEqualTo(new ListedClient.ListedSubscription(
                        "Elite",
                        1250,
                        Payer.CLIENT,
                        BillingCycle.ANNUAL,
                        31,
                        LocalDate.of(2027, 3, 31),
                        false,
                        SubscriptionStatus.PAST_DUE));
    }

    @Test
    void byteOrderMarkOfUtf8IsNotPartOfTheFirstHeader() throws Exception {
        AccountList list = ListFile.of("\uFEFF" + headerLine() + "\n" + line() + "\n", StandardCharsets.UTF_8);

        assertThat(client(list).companyId()).isEqualTo(new CompanyId("C-1"));
        assertThat(ignoredColumns(list)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t"})
    void separatorIsFoundOut(String separator) throws Exception {
        String text = (headerLine() + "\n" + line("Company name", "Atelier")).replace(",", separator);

        assertThat(client(ListFile.of(text, StandardCharsets.UTF_8)).name()).isEqualTo("Atelier");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void linesEndAsOnEverySystem(String end) throws Exception {
        String text = headerLine() + end + line() + end + line("Company ID", "C-2");

        assertThat(lines(ListFile.of(text, StandardCharsets.UTF_8)))
                .extracting(ListLine::number)
                .containsExactly(2L, 3L);
    }

    @Test
    void quotedLineBreakStaysInItsLineAndLaterLinesKeepTheirNumbers() throws Exception {
        List<ListLine> lines = lines(ListFile.empty()
                .with("Company name", "Atelier\n  Beauséjour, \"le vrai\"")
                .with("Company ID", "C-2")
                .file());

        assertThat(((ListLine.Complete) lines.get(0)).client().name()).isEqualTo("Atelier Beauséjour, \"le vrai\"");
        assertThat(lines).extracting(ListLine::number).containsExactly(2L, 4L);
    }

    @Test
    void titleAboveTheHeadersAndBlankLinesAreSkipped() throws Exception {
        String text = "Client list — Harbour Ledger LLP\n\n" + headerLine() + "\n" + line() + "\n,,,,,\n\n"
                + line("Company ID", "C-2");

        assertThat(lines(ListFile.of(text, StandardCharsets.UTF_8)))
                .hasOnlyElementsOfType(ListLine.Complete.class)
                .extracting(ListLine::number)
                .containsExactly(4L, 7L);
    }

    @Test
    void headersAreKnownInAnyOrderCaseAndSpacingAndUnknownColumnsAreNamed() throws Exception {
        String text = FRENCH.replace("Nom de l'entreprise", "  NOM  DE L’ENTREPRISE ")
                .replace("Jour de facturation QBO", "QuickBooks en ligne – jour de facturation")
                .replace("Statut Time", "Etat (QuickBooks Time)")
                .replace("Time inclus dans la paie\n", "Time inclus dans la paie;Remarque;\n")
                .replace("souffrance;non", "souffrance;non;à voir");
        AccountList list = ListFile.of(text, StandardCharsets.UTF_8);

        assertThat(client(list).name()).isEqualTo("Érablière Côté");
        assertThat(client(list).time().status()).isEqualTo(SubscriptionStatus.PAST_DUE);
        assertThat(ignoredColumns(list)).containsExactly("Remarque");
    }

    @Test
    void missingColumnsAreNamedTogetherInOneError() {
        String text = "Company ID;Company name;Time plan\nC-1;Atelier;Premium\n";

        assertThat(unusable(ListFile.of(text, StandardCharsets.UTF_8)))
                .returns(ListFault.MISSING_COLUMNS, UnusableAccountList::fault)
                .extracting(UnusableAccountList::arguments)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .contains("ADMIN_NAME", "TIME_PAYER", "TIME_IN_PAYROLL")
                .doesNotContain("COMPANY_ID", "TIME_PLAN", "STOP_DATE", "TIME_ZONE", "ONLINE_USERS");
    }

    @Test
    void headersThatMeanTheSameColumnAreRefused() {
        String text = headerLine() + ",Courriel\n" + line() + ",a@example.ca\n";

        assertThat(unusable(ListFile.of(text, StandardCharsets.UTF_8)))
                .returns(ListFault.COLUMN_TWICE, UnusableAccountList::fault)
                .returns(List.of("Primary admin e-mail", "Courriel"), UnusableAccountList::arguments);
    }

    @ParameterizedTest
    @CsvSource({
        "'', EMPTY_FILE",
        "' \n \n', EMPTY_FILE",
        "Hello, MISSING_COLUMNS",
        "'PK\u0003\u0004workbook', EXCEL_WORKBOOK"
    })
    void fileThatIsNotAListIsRefusedForWhatItIs(String text, ListFault fault) {
        assertThat(unusable(ListFile.of(text, StandardCharsets.UTF_8)).fault()).isEqualTo(fault);
    }

    @Test
    void pictureIsNotText() {
        assertThat(unusable(ListFile.of(new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0, 0, (byte) 0x81}))
                        .fault())
                .isEqualTo(ListFault.NOT_TEXT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"C-2,Atelier",
                "\"C-2\",\"Atelier,Zoé",
                "C-2,\"Atelier \"\"Nord,\"Zoé\"",
                "C-2,Atelier,\"",
                "C-2,Atelier,Zoé,z@example.ca,fr,CA,QC,,CAD,,Plus,3,firm,12,active,Premium,8,client,monthly,,20,active,\"no",
            })
    @DisplayName("S58 a quotation mark that is not closed costs its own line and no other")
    void s58UnclosedQuotationMark(String broken) throws Exception {
        StringBuilder text = new StringBuilder(headerLine() + "\n" + line() + "\n" + broken + "\n");
        for (int i = 3; i < 100; i++) {
            text.append(line("Company ID", "C-" + i, "Company name", i % 2 == 0 ? "Smith, \"Inc.\"" : "Roy"))
                    .append('\n');
        }

        List<ListLine> lines = lines(ListFile.of(text.toString(), StandardCharsets.UTF_8));

        assertThat(problems(lines))
                .extracting(LineProblem::line, LineProblem::fault)
                .containsExactly(tuple(3L, ListFault.BROKEN_OFF));
        assertThat(lines)
                .hasSize(99)
                .filteredOn(ListLine.Complete.class::isInstance)
                .hasSize(98);
    }

    @Test
    @DisplayName("S58 marks that are not closed on several lines, without marks elsewhere, cost those lines")
    void s58SeveralUnclosedMarks() throws Exception {
        String plain = line().replace("\"", "");
        String text = headerLine() + "\n\"" + plain + "\n" + plain.replace("C-1", "C-2") + "\n\"" + plain + "\n"
                + plain.replace("C-1", "C-3") + "\n" + plain.replace("C-1,Atelier", "C-4,\"Atelier");

        List<ListLine> lines = lines(ListFile.of(text, StandardCharsets.UTF_8));

        assertThat(problems(lines))
                .extracting(LineProblem::line, LineProblem::fault)
                .containsExactly(
                        tuple(2L, ListFault.BROKEN_OFF),
                        tuple(4L, ListFault.BROKEN_OFF),
                        tuple(6L, ListFault.BROKEN_OFF));
        assertThat(lines).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    @DisplayName("S58 one damaged byte costs its line, and the others keep their accents")
    void s58DamagedByte(String charset) throws Exception {
        String mark = charset.startsWith("UTF-16") ? "\uFEFF" : "";
        String text = mark + headerLine() + "\n" + line("Company ID", "C-1", "Company name", "Crémerie")
                + "\n" + line("Company ID", "C-2", "Company name", "D#gât") + "\n"
                + line("Company ID", "C-3", "Company name", "Côté") + "\n";
        byte[] bytes = text.getBytes(Charset.forName(charset));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '#') {
                // In UTF-16 half of a sign that takes two.
                bytes[charset.equals("UTF-16LE") ? i + 1 : charset.equals("UTF-16BE") ? i - 1 : i] =
                        charset.startsWith("UTF-16") ? (byte) 0xD8 : (byte) 0xE9;
            }
        }

        List<ListLine> lines = lines(ListFile.of(bytes));

        assertThat(problems(lines))
                .extracting(LineProblem::line, LineProblem::column, LineProblem::fault)
                .containsExactly(tuple(3L, "Company name", ListFault.DAMAGED));
        assertThat(lines)
                .filteredOn(ListLine.Complete.class::isInstance)
                .extracting(line -> ((ListLine.Complete) line).client().name())
                .containsExactly("Crémerie", "Côté");
    }

    @Test
    @DisplayName("S58 a byte that is damaged before the first accent, or far behind it, costs its line")
    void s58DamagedByteAnywhere() throws Exception {
        StringBuilder text = new StringBuilder(headerLine()).append('\n');
        for (int i = 0; i < 1000; i++) {
            text.append(line(
                            "Company ID",
                            "C-" + i,
                            "Company name",
                            i == 500 || i == 999 ? "D#g" : i < 501 ? "Roy" : "Côté"))
                    .append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '#' ? (byte) 0xE9 : bytes[i];
        }

        List<ListLine> lines = lines(ListFile.of(bytes));

        assertThat(problems(lines)).extracting(LineProblem::line).containsExactly(502L, 1001L);
        assertThat(lines)
                .filteredOn(ListLine.Complete.class::isInstance)
                .extracting(line -> ((ListLine.Complete) line).client().name())
                .containsOnly("Roy", "Côté");
    }

    @Test
    void accentIsReadAlsoWhereItLiesAcrossTwoReadings() throws Exception {
        for (int before = 0; before < 4; before++) {
            StringBuilder text = new StringBuilder(headerLine()).append('\n');
            for (int i = 0; i < 3000; i++) {
                text.append(line(
                                "Company ID",
                                "C-" + i,
                                "Company name",
                                "x".repeat(before) + "é\uD83E\uDD5E".repeat(20)))
                        .append('\n');
            }

            List<ListLine> lines = lines(ListFile.of(text.toString(), StandardCharsets.UTF_8));

            assertThat(lines).hasSize(3000).hasOnlyElementsOfType(ListLine.Complete.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"IBM850", "IBM437", "x-MacRoman"})
    @DisplayName("S58 a file of MS-DOS or an old Macintosh is not read as another")
    void s58OlderSystems(String charset) throws Exception {
        String text = headerLine() + "\n" + line("Company ID", "C-1", "Company name", "Crémerie Beauséjour") + "\n"
                + line("Company ID", "C-2", "Company name", "Roy") + "\n"
                + line("Company ID", "C-3", "Primary admin", "Zoé Côté");

        List<ListLine> lines = lines(ListFile.of(text, Charset.forName(charset)));

        assertThat(problems(lines))
                .extracting(LineProblem::line, LineProblem::fault)
                .contains(tuple(2L, ListFault.DAMAGED), tuple(4L, ListFault.DAMAGED));
        assertThat(lines.get(1)).isInstanceOf(ListLine.Complete.class);
        assertThat(unusable(ListFile.of(FRENCH, Charset.forName(charset))).fault())
                .isEqualTo(ListFault.UNKNOWN_ENCODING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"L’Œuvre de Saint-Éloi", "HÔTEL QUÉBEC", "« Chez Noël » – traiteur…", "5 à 7 €", "Ÿvette & Fils™"
            })
    void windowsTextIsReadAsSuch(String name) throws Exception {
        AccountList list =
                ListFile.of(headerLine() + "\n" + line("Company name", name) + "\n", Charset.forName("windows-1252"));

        assertThat(client(list).name()).isEqualTo(name);
    }

    @Test
    void moreValuesThanHeadersAreReportedInsteadOfShifted() throws Exception {
        String text = headerLine() + "\n" + line().replace("\"Atelier Beauséjour\"", "Atelier,Inc.") + "\n";

        assertThat(problems(lines(ListFile.of(text, StandardCharsets.UTF_8))))
                .extracting(LineProblem::fault)
                .containsExactly(ListFault.MORE_VALUES_THAN_COLUMNS);
    }

    @Test
    @DisplayName("S58 a list that is cut off anywhere in its last line has a bad last line and cancels nothing")
    void s58CutOff() throws Exception {
        for (String last :
                List.of(line("Company ID", "C-2"), line("Company ID", "C-2").replace("\"", ""))) {
            int cells = last.lastIndexOf(last.endsWith("\"") ? ",\"" : ",");
            for (int end = 1; end <= cells; end++) {
                String text = headerLine() + "\n" + line() + "\n" + last.substring(0, end);

                List<ListLine> lines = lines(ListFile.of(text, StandardCharsets.UTF_8));

                assertThat(lines.get(0)).isInstanceOf(ListLine.Complete.class);
                assertThat(lines).hasSize(2);
                assertThat(problems(lines))
                        .as(last.substring(0, end))
                        .hasSize(1)
                        .extracting(LineProblem::fault)
                        .containsAnyOf(ListFault.CUT_OFF, ListFault.BROKEN_OFF);
            }
        }
    }

    @Test
    void lineThatIsCutOffIsShownWithHowManyCellsItHas() throws Exception {
        String text =
                headerLine() + ",,\n" + line().replaceFirst(",\"20\".*", "") + "\n" + line("Company ID", "C-2") + ",,";

        assertThat(problems(lines(ListFile.of(text, StandardCharsets.UTF_8))))
                .containsExactly(new LineProblem(2, null, "", ListFault.CUT_OFF, List.of("21", "24")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-03-31 | 2026-03-31",
                "2026/3/31 | 2026-03-31",
                "2026-03-31 00:00:00 | 2026-03-31",
                "31/03/2026 | 2026-03-31",
                "31-3-2026 | 2026-03-31",
                "31.03.2026 | 2026-03-31",
                "03/31/2026 | 2026-03-31",
                "05/05/2026 | 2026-05-05",
            })
    void dateWithOneMeaningIsTaken(String written, LocalDate meant) throws Exception {
        assertThat(client("Stop date", written).stopDate()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "04/05/2026 | AMBIGUOUS_DATE",
                "31/02/2026 | NOT_A_DATE",
                "2026-13-01 | NOT_A_DATE",
                "31/03/26 | NOT_A_DATE",
                "1926-03-31 | NOT_A_DATE",
                "soon | NOT_A_DATE",
            })
    void dateWithNoneOrTwoMeaningsIsNotGuessed(String written, ListFault fault) throws Exception {
        assertThat(problem("Stop date", written)).isEqualTo(fault);
    }

    @Test
    void ambiguousDateIsReportedWithBothOfItsMeanings() throws Exception {
        assertThat(problems(
                        lines(ListFile.empty().with("Stop date", "04/05/2026").file())))
                .containsExactly(new LineProblem(
                        2, "Stop date", "04/05/2026", ListFault.AMBIGUOUS_DATE, List.of("2026-04-05", "2026-05-04")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "8 | 8",
                "8,0 | 8",
                "8.00 | 8",
                "1 250 | 1250",
                "1\u00A0250,00 | 1250",
                "1,250 | 1250",
                "1.250 | 1250",
                "1,250.0 | 1250",
            })
    void numberIsReadInFrenchOrEnglish(String written, int meant) throws Exception {
        assertThat(client("Time users", written).time().users()).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,000 | AMBIGUOUS_NUMBER",
                "1.000 | AMBIGUOUS_NUMBER",
                "8,5 | NOT_A_WHOLE_NUMBER",
                "-8 | NOT_A_WHOLE_NUMBER",
                "eight | NOT_A_WHOLE_NUMBER",
                "0 | OUT_OF_RANGE",
                "10001 | OUT_OF_RANGE",
                "99999999999999999999 | OUT_OF_RANGE",
                "10.0000000000000000000 | OUT_OF_RANGE",
            })
    void numberThatIsNoneOrTwoIsNotGuessed(String written, ListFault fault) throws Exception {
        assertThat(problem("Time users", written)).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({"1", "31"})
    void billingDayIsADayOfTheMonth(int day) throws Exception {
        assertThat(client("Time billing day", "" + day).time().billingDay()).isEqualTo(day);
    }

    @ParameterizedTest
    @CsvSource({
        "Time payer, someone, NOT_A_PAYER",
        "QBO payer, '', MISSING_VALUE",
        "Time cycle, weekly, NOT_A_CYCLE",
        "Time cycle, annual, MISSING_RENEWAL_DATE",
        "Time status, fine, NOT_A_STATUS",
        "QBO billing day, 32, OUT_OF_RANGE",
        "QBO users, 0, OUT_OF_RANGE",
        "Time in payroll, maybe, NOT_YES_OR_NO",
        "Language, Deutsch, NOT_A_LANGUAGE",
        "Country, Atlantis, NOT_A_COUNTRY",
        "Province, Atlantis, NOT_A_PROVINCE",
        "Province, NY, NOT_A_PROVINCE",
        "Time zone, UTC-5, NOT_A_TIME_ZONE",
        "Time zone, America/Gotham, NOT_A_TIME_ZONE",
        "Currency, EUR, NOT_A_CURRENCY",
        "Company ID, '', MISSING_VALUE",
        "Company ID, 9.13035E+15, ID_ROUNDED",
        "Company ID, '9,13E+15', ID_ROUNDED",
        "Company name, '', MISSING_VALUE",
        "Primary admin, '', MISSING_VALUE",
        "Primary admin e-mail, zoe@example, NOT_AN_EMAIL",
        "Primary admin e-mail, 'a@example.ca, b@example.ca', NOT_AN_EMAIL",
        "Primary admin e-mail, Zoé <zoe@example.ca>, NOT_AN_EMAIL",
    })
    void valueThatIsNotWhatItsColumnAsksForIsReported(String column, String value, ListFault fault) throws Exception {
        assertThat(problem(column, value)).isEqualTo(fault);
    }

    @Test
    void textLongerThanItsColumnIsReportedAndShownInPart() throws Exception {
        LineProblem problem = problems(lines(
                        ListFile.empty().with("Company name", "a".repeat(201)).file()))
                .get(0);

        assertThat(problem.fault()).isEqualTo(ListFault.TOO_LONG);
        assertThat(problem.value()).hasSize(81).endsWith("…");
    }

    @ParameterizedTest
    @CsvSource({
        "Active, ACTIVE",
        "en marche, ACTIVE",
        "Stopped, STOPPED",
        "Interrompue, STOPPED",
        "désactivée, STOPPED",
        "'', ",
        "#N/A, ",
        "n/a, ",
    })
    void integrationIsReadWhereTheListTellsIt(String written, @Nullable IntegrationStatus meant) throws Exception {
        ListLine line = lines(
                        ListFile.empty().with("Integration status", written).file())
                .get(0);
        assertThat(((ListLine.Complete) line).integration()).isEqualTo(meant);
    }

    @Test
    void integrationIsReadUnderItsFrenchNameAndRefusedWhereItMeansNothing() throws Exception {
        AccountList french = ListFile.of(
                new String(
                                ListFile.empty()
                                        .with("Integration status", "interrompue")
                                        .file()
                                        .open()
                                        .readAllBytes(),
                                StandardCharsets.UTF_8)
                        .replace("Integration status", "État de l’intégration"),
                StandardCharsets.UTF_8);
        assertThat(((ListLine.Complete) lines(french).get(0)).integration()).isEqualTo(IntegrationStatus.STOPPED);
        assertThat(problem("Integration status", "perhaps")).isEqualTo(ListFault.NOT_AN_INTEGRATION);
    }

    @ParameterizedTest
    @CsvSource({
        "Time payer, ACCOUNTANT, FIRM",
        "Time payer, Facturation groupée, FIRM",
        "Time payer, Entreprise, CLIENT",
        "Time cycle, Mensuelle, MONTHLY",
        "Time status, En retard, PAST_DUE",
        "Time status, Résilié, CANCELLED",
        "Time status, suspended, SUSPENDED",
        "Time in payroll, Oui, true",
        "Time in payroll, '', false",
        "Language, en-CA, EN",
        "Language, Anglais, EN",
        "Country, États-Unis, CA",
        "Time plan, Ultra 2030, Ultra 2030",
    })
    void wordsAreKnownInBothLanguages(String column, String written, String meant) throws Exception {
        if (column.equals("Country")) {
            assertThat(Regions.country(written)).contains("US");
            return;
        }
        ListedClient client = client(column, written);
        Function<ListedClient, Object> value = switch (column) {
            case "Time payer" -> each -> each.time().payer();
            case "Time cycle" -> each -> each.time().cycle();
            case "Time status" -> each -> each.time().status();
            case "Time in payroll" -> each -> each.time().includedInPayroll();
            case "Time plan" -> each -> each.time().plan();
            default -> ListedClient::language;
        };
        assertThat(value.apply(client)).hasToString(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "CA, BC, BC, America/Vancouver",
        "Canada, Terre-Neuve-et-Labrador, NL, America/St_Johns",
        "ca, saskatchewan, SK, America/Regina",
        "États-Unis, Californie, CA, America/Los_Angeles",
        "USA, new york, NY, America/New_York",
    })
    void regionTellsTheTimeZone(String country, String province, String code, ZoneId zone) throws Exception {
        ListedClient client = client(
                ListFile.empty().with("Country", country, "Province", province).file());

        assertThat(client).returns(code, ListedClient::province).returns(zone, ListedClient::timeZone);
    }

    @Test
    void elsewhereTheListMustTellTheTimeZone() throws Exception {
        assertThat(problems(lines(ListFile.empty()
                        .with("Country", "France", "Province", "Bretagne")
                        .file())))
                .extracting(LineProblem::fault)
                .containsExactly(ListFault.MISSING_TIME_ZONE);
        assertThat(client(ListFile.empty()
                                .with("Country", "France", "Province", "Bretagne", "Time zone", "europe/paris")
                                .file())
                        .timeZone())
                .isEqualTo(ZoneId.of("Europe/Paris"));
    }

    @Test
    void lineWithSomethingOfTimeButNotAllIsBadAndNotLeftOut() throws Exception {
        assertThat(problem("Time plan", "")).isEqualTo(ListFault.MISSING_VALUE);
        assertThat(lines(ListFile.empty()
                        .with(
                                "Time plan", "aucun",
                                "Time users", "",
                                "Time payer", "",
                                "Time cycle", "",
                                "Time billing day", "",
                                "Time status", "")
                        .file()))
                .containsExactly(new ListLine.Incomplete(2, new CompanyId("C-1"), Product.QUICKBOOKS_TIME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#N/A",
                "#REF!",
                "#VALUE!",
                "#NAME?",
                "#DIV/0!",
                "#NUM!",
                "#NULL!",
                "#SPILL!",
                "#CALC!",
                "#FIELD!",
                "#GETTING_DATA",
                "#BLOCKED!",
                "#VALEUR!",
                "#NOM?",
                "#NOMBRE!",
                "#NUL!",
                "#PROPAGATION!",
                "#WERT!",
                "#BEZUG!",
                "#ZAHL!",
                "#NV",
                "#ÜBERLAUF!",
                "#¡REF!",
                "#¿NOMBRE?",
                "#N/D",
                "#VALORE!",
                "#RIF!",
                "#N/B",
                "#WAARDE!",
                "#ЗНАЧ!",
                "#Н/Д",
                "#ARG!",
                "#BRAK",
                "#ERROR!",
                "Err:502",
                "Erreur:508",
                "#n/a",
                "#ref!",
            })
    @DisplayName("S105 a spreadsheet's error in any cell is a bad cell, whatever its language")
    void s105SpreadsheetErrors(String error) throws Exception {
        for (String header : headersThatCount()) {
            assertThat(problems(lines(ListFile.empty().with(header, error).file())))
                    .extracting(LineProblem::column, LineProblem::value, LineProblem::fault)
                    .containsExactly(tuple(header, error, ListFault.SPREADSHEET_ERROR));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "??",
                "-",
                "—",
                "...",
                "/",
                "####",
                "n/a",
                "N/A",
                "n.a.",
                "TBD",
                "t.b.d.",
                "à déterminer",
                "Inconnu",
                "unknown",
                "(unknown)",
                "Non disponible",
                "s/o",
                "Sans objet",
                "En attente",
                "xxx",
                "Loading...",
            })
    @DisplayName("S105 a place-holder in any cell is a bad cell")
    void s105PlaceHolders(String nothing) throws Exception {
        for (String header : headersThatCount()) {
            assertThat(problems(lines(ListFile.empty().with(header, nothing).file())))
                    .extracting(LineProblem::column, LineProblem::value, LineProblem::fault)
                    .containsExactly(tuple(header, nothing, ListFault.SAYS_NOTHING));
        }
    }

    /** Not every export tells of the integration: what says nothing there is as good as an empty cell. */
    private static List<String> headersThatCount() {
        return Stream.of(headerLine().split(","))
                .filter(header -> !header.equals("Integration status"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "Company name, #1 Plumbing",
        "Company name, Unknown Pleasures Records",
        "Company name, Null",
        "Primary admin, Na Nguyen",
        "Primary admin, Nan",
        "Company ID, #9130",
        "Time plan, Pending Plus",
    })
    void nameThatOnlyResemblesAPlaceHolderIsTaken(String column, String name) throws Exception {
        assertThat(problems(lines(ListFile.empty().with(column, name).file()))).isEmpty();
    }

    @Test
    @DisplayName("S105 real lists with errors and place-holders are bad by name, and nobody is without a product")
    void s105Cases() throws Exception {
        assertThat(problems(lines(ListFile.ofCase("error-cells-real"))))
                .extracting(LineProblem::line, LineProblem::column, LineProblem::fault)
                .containsExactlyInAnyOrder(
                        tuple(2L, "Company ID", ListFault.SPREADSHEET_ERROR),
                        tuple(2L, "Company name", ListFault.SPREADSHEET_ERROR),
                        tuple(2L, "Primary admin", ListFault.SPREADSHEET_ERROR),
                        tuple(3L, "Primary admin", ListFault.SPREADSHEET_ERROR),
                        tuple(3L, "Time plan", ListFault.SPREADSHEET_ERROR));
        assertThat(problems(lines(ListFile.ofCase("na-time-lookup-failed")))).hasSize(7);
        assertThat(problems(lines(ListFile.ofCase("na-question-mark")))).hasSize(7);
        assertThat(lines(ListFile.ofCase("na-base"))).hasSize(6).hasOnlyElementsOfType(ListLine.Complete.class);
        assertThat(lines(ListFile.ofCase("names"))).hasSize(10).hasOnlyElementsOfType(ListLine.Complete.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "none", "Aucun", "cancelled", "Résilié", "No plan"})
    @DisplayName("S105 a product is cancelled where all of its cells are empty, or its plan says so")
    void s105WithoutProduct(String plan) throws Exception {
        String[] rest = {
            "Time users", plan.isEmpty() ? "" : "0", "Time payer", "", "Time cycle", "", "Time billing day", ""
        };
        ListFile list = ListFile.empty().with(with(rest, "Time plan", plan, "Time status", plan));
        ListFile oneMore = ListFile.empty().with(with(rest, "Time plan", plan, "Time status", "active"));

        assertThat(lines(list.file()))
                .containsExactly(new ListLine.Incomplete(2, new CompanyId("C-1"), Product.QUICKBOOKS_TIME));
        assertThat(lines(oneMore.file())).hasOnlyElementsOfType(ListLine.Bad.class);
    }

    @Test
    @DisplayName(
            "S106 one company on several lines is there twice however its id is spelled, and doubtful where only zeros differ")
    void s106() throws Exception {
        assertThat(problems(lines(ListFile.ofCase("id-case-and-dash"))))
                .extracting(LineProblem::line, LineProblem::fault, LineProblem::arguments)
                .containsExactly(
                        tuple(3L, ListFault.TWICE_IN_FILE, List.of("2")),
                        tuple(4L, ListFault.TWICE_IN_FILE, List.of("2")),
                        tuple(5L, ListFault.TWICE_IN_FILE, List.of("2")),
                        tuple(6L, ListFault.TWICE_IN_FILE, List.of("2")));
        assertThat(problems(lines(ListFile.ofCase("flow-base"))))
                .containsExactly(
                        new LineProblem(9, "Company ID", "123", ListFault.DOUBTFUL_ID, List.of("8", "00123")),
                        new LineProblem(10, "Company ID", "=\"00123\"", ListFault.TWICE_IN_FILE, List.of("8")));
        assertThat(client(ListFile.ofCase("id-excel-text-formula")).companyId().text())
                .isEqualTo("00123");
    }

    @Test
    void provincesAreReadAsOfficesAbbreviateThem() throws Exception {
        assertThat(lines(ListFile.ofCase("provinces")))
                .extracting(line -> ((ListLine.Complete) line).client().province())
                .containsExactly("QC", "QC", "QC", "QC", "QC", "BC", "ON", "PE", "NL", "NL", "NT", "NL", "YT", "PE");
    }

    @ParameterizedTest
    @CsvSource({
        "CA, Alb., AB",
        "CA, C.-B., BC",
        "CA, Î.-P.-É., PE",
        "CA, N.-É., NS",
        "CA, QC - Québec, QC",
        "CA, Sask., SK",
        "US, N.Y., NY",
        "US, Calif., CA",
        "US, 'Texas, TX', TX",
    })
    void otherAbbreviationsToo(String country, String written, String code) throws Exception {
        assertThat(client(ListFile.empty()
                                .with("Country", country, "Province", written)
                                .file())
                        .province())
                .isEqualTo(code);
    }

    @Test
    void totalsNotesAndHeadersAreSkippedAndTold() throws Exception {
        List<ListLine> lines = lines(ListFile.ofCase("totals-and-footer"));

        assertThat(lines.get(0)).isInstanceOf(ListLine.Complete.class);
        assertThat(lines.subList(1, 4))
                .containsExactly(
                        new ListLine.Skipped(3, "Total"),
                        new ListLine.Skipped(4, "Wednesday, Nov 25, 2026 01:00 a.m. GMT-5"),
                        new ListLine.Skipped(5, "TOTAL           3     8"));
        assertThat(lines).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sous-total,,,,",
                "Grand total",
                "Comptabilité d’exercice mercredi 25 novembre 2026",
                "Page 3 of 7"
            })
    void otherLinesOfNoClientToo(String noClient) throws Exception {
        String text =
                headerLine() + "\n" + line() + "\n" + noClient + "\n" + headerLine() + "\n" + line("Company ID", "C-2");

        assertThat(lines(ListFile.of(text, StandardCharsets.UTF_8)))
                .extracting(line -> line.getClass().getSimpleName())
                .containsExactly("Complete", "Skipped", "Skipped", "Complete");
    }

    @Test
    void clientIsNotTakenForATotal() throws Exception {
        assertThat(client("Company ID", "Total").companyId()).isEqualTo(new CompanyId("Total"));
        assertThat(lines(ListFile.of(headerLine() + "\n9130 3477", StandardCharsets.UTF_8)))
                .hasOnlyElementsOfType(ListLine.Bad.class);
    }

    @Test
    void headersInTwoLinesAreReadTogether() throws Exception {
        assertThat(client(ListFile.ofCase("two-header-lines")))
                .returns(3, client -> client.online().users())
                .returns(20, client -> client.time().billingDay());
    }

    @Test
    void addressesWithAccentsInTheirDomainAreTaken() throws Exception {
        List<ListLine> lines = lines(ListFile.ofCase("mail-forms"));

        assertThat(lines)
                .filteredOn(ListLine.Complete.class::isInstance)
                .extracting(line -> ((ListLine.Complete) line).client())
                .extracting(
                        client -> client.companyId().text(),
                        client -> client.admin().email())
                .containsExactly(
                        tuple("EM-0", "info@xn--htelqubec-g4a9i.example.ca"),
                        tuple("EM-1", "info@xn--htelqubec-c4ah.ca"),
                        tuple("EM-2", "info@xn--80a1acny.xn--p1ai"),
                        tuple("EM-4", "zoe+qbo@example.ca"),
                        tuple("EM-5", "o'brien@example.ca"),
                        tuple("EM-7", "ZOE@EXAMPLE.CA"),
                        tuple("EM-11", "zoe@example.xn--qubec-csa"));
        assertThat(problems(lines)).hasSize(8).extracting(LineProblem::fault).containsOnly(ListFault.NOT_AN_EMAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ate\u200Blier", "\uFEFFAtelier", "Ate\u00ADlier", "Atelier\u200E", "\u2060Atelier\u00A0"})
    void signsThatNobodySeesAreNoSpaces(String name) throws Exception {
        assertThat(client("Company name", name).name()).isEqualTo("Atelier");
    }

    @Test
    void picturesAndLettersStayJoined() throws Exception {
        assertThat(client("Company name", "\uD83D\uDC68\u200D\uD83C\uDF73 Crêpes")
                        .name())
                .isEqualTo("\uD83D\uDC68\u200D\uD83C\uDF73 Crêpes");
    }

    private static String[] with(String[] some, String... more) {
        return java.util.stream.Stream.of(some, more)
                .flatMap(java.util.Arrays::stream)
                .toArray(String[]::new);
    }

    private static ListedClient client(String column, String value) throws Exception {
        return client(ListFile.empty().with(column, value).file());
    }

    private static ListedClient client(AccountList list) throws Exception {
        List<ListLine> lines = lines(list);
        assertThat(problems(lines)).isEmpty();
        assertThat(lines).hasSize(1);
        return ((ListLine.Complete) lines.get(0)).client();
    }

    private static ListFault problem(String column, String value) throws Exception {
        List<LineProblem> problems =
                problems(lines(ListFile.empty().with(column, value).file()));
        assertThat(problems).hasSize(1);
        return problems.get(0).fault();
    }

    private static List<LineProblem> problems(List<ListLine> lines) {
        return lines.stream()
                .filter(ListLine.Bad.class::isInstance)
                .flatMap(bad -> ((ListLine.Bad) bad).problems().stream())
                .toList();
    }

    private static List<ListLine> lines(AccountList list) throws Exception {
        try (Lines lines = new CsvAccountLists().read(list)) {
            List<ListLine> all = new ArrayList<>();
            lines.forEachRemaining(all::add);
            assertThat(lines.percentRead()).isEqualTo(100);
            return all;
        }
    }

    private static List<String> ignoredColumns(AccountList list) throws Exception {
        try (Lines lines = new CsvAccountLists().read(list)) {
            return lines.ignoredColumns();
        }
    }

    private static UnusableAccountList unusable(AccountList list) {
        return catchThrowableOfType(UnusableAccountList.class, () -> new CsvAccountLists().read(list));
    }
}

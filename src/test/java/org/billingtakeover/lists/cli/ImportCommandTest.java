package org.billingtakeover.lists.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.WithDatabase;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.SamplePrices;
import org.billingtakeover.account.StopDates;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.FaultSentences;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ListFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.MessageSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

@Tag("slow")
class ImportCommandTest {

    private static final DataSource DATABASE = TestDatabase.fresh();
    private static final JdbcClient JDBC = JdbcClient.create(DATABASE);

    private final Path folder;

    ImportCommandTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void twoFirms() {
        JDBC.sql("truncate firm cascade").update();
        addFirm("F-100", "Tremblay CPA", "FR");
        addFirm("F-200", "Harbour CPA", "EN");
    }

    @Test
    void listOfGoodLinesEndsWithZeroAndTellsItsProgressAndCounts() throws Exception {
        Path list = file(ListFile.empty().withSplit("C-1", "C-2").file());

        Answer answer = run("import", "--firm=F-200", "--file=" + list);

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines())
                .containsExactly(
                        "Lines read: 2 (100 %)",
                        "The list of Harbour CPA is imported.",
                        "  Added: 2",
                        "  Changed: 0",
                        "  Unchanged: 0",
                        "  Bad lines: 0");
        assertThat(companies("F-200")).containsExactly("C-1", "C-2");
    }

    @Test
    void answersInTheLanguageOfTheFirmUnlessAskedForAnother() throws Exception {
        Path list = file(ListFile.empty().withSplit("C-1").file());

        assertThat(run("import", "--firm=F-100", "--file=" + list).lines())
                .contains(
                        "Lignes lues\u00a0: 1 (100\u00a0%)",
                        "La liste de Tremblay CPA est importée.", "  Ajoutés\u00a0: 1");
        assertThat(run("import", "--firm=F-100", "--file=" + list, "--language=en", "--again")
                        .lines())
                .contains("The list of Tremblay CPA is imported.", "  Unchanged: 1");
    }

    @Test
    void badLineIsNamedWithItsColumnValueAndRemedyAndTheGoodOnesAreKept() throws Exception {
        Path list = file(ListFile.empty()
                .withSplit("C-1")
                .with("Company ID", "C-2", "Time users", "many")
                .withSplit("C-3")
                .file());

        Answer answer = run("import", "--firm=F-200", "--file=" + list);

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.lines())
                .contains(
                        "Line 3, column “Time users”, value “many”: Write a whole number, like 12.",
                        "  Added: 2",
                        "  Bad lines: 1");
        assertThat(companies("F-200")).containsExactly("C-1", "C-3");
    }

    @Test
    void dryRunTellsWhatWouldBeAndChangesNothing() throws Exception {
        Path list = file(ListFile.empty().withSplit("C-1").file());

        Answer answer = run("import", "--firm=F-200", "--file=" + list, "--dry-run");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.lines())
                .contains(
                        "Dry run for Harbour CPA: this is what an import would do. Nothing was changed.", "  Added: 1");
        assertThat(companies("F-200")).isEmpty();
    }

    @Test
    void secondImportOfAFileChangesNothing() throws Exception {
        Path list = file(ListFile.empty().withSplit("C-1", "C-2").file());
        run("import", "--firm=F-200", "--file=" + list);
        List<String> before = rowVersions();

        Answer known = run("import", "--firm=F-200", "--file=" + list);
        Answer again = run("import", "--firm=F-200", "--file=" + list, "--again", "--whole", "--as-of=2026-05-01");

        assertThat(known.exitCode()).isEqualTo(2);
        assertThat(known.text())
                .isEqualTo("This very file was imported on 2026-05-04. To import it again, add --again.");
        assertThat(JDBC.sql("select as_of || ' ' || whole || ' ' || imported_by from imported_list order by id")
                        .query(String.class)
                        .list())
                .containsExactly("2026-05-04 false command-line", "2026-05-01 true command-line");
        assertThat(again.lines()).contains("  Added: 0", "  Changed: 0", "  Unchanged: 2");
        assertThat(rowVersions()).isEqualTo(before);
    }

    @Test
    void listOfTomorrowIsRefused() throws Exception {
        Path list = file(ListFile.empty().withSplit("C-1").file());

        Answer answer = run("import", "--firm=F-200", "--file=" + list, "--as-of=2026-05-05");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.text()).isEqualTo("The day 2026-05-05 is in the future. Write today or an earlier day.");
        assertThat(companies("F-200")).isEmpty();
    }

    @Test
    void progressIsToldAsTheImportGoesOn() throws Exception {
        ListFile list = ListFile.empty();
        IntStream.rangeClosed(1, 1200).forEach(number -> list.withSplit("C-" + number));

        Answer answer = run("import", "--firm=F-200", "--file=" + file(list.file()));

        assertThat(answer.lines())
                .filteredOn(line -> line.startsWith("Lines read: "))
                .hasSize(3)
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Lines read: 500 ("),
                        second -> assertThat(second).startsWith("Lines read: 1,000 ("),
                        third -> assertThat(third).isEqualTo("Lines read: 1,200 (100 %)"));
    }

    @Test
    void fileOfWhichNoLineCanBeReadEndsWithTwoAndSaysWhy() throws Exception {
        Path list = file(ListFile.of("Company name,E-mail\nAtelier,a@example.ca\n", StandardCharsets.UTF_8));

        Answer answer = run("import", "--firm=F-200", "--file=" + list);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.text()).startsWith("The file has no column for: Company ID, Primary admin, Language");
    }

    @Test
    void missingFileAndUnknownFirmEndWithTwoAndSayWhatThereIs() {
        Answer noFile = run("import", "--firm=F-100", "--file=" + folder.resolve("none.csv"));
        Answer noFirm = run("import", "--firm=F-999", "--file=none.csv", "--language=en");

        assertThat(noFile.exitCode()).isEqualTo(2);
        assertThat(noFile.text())
                .isEqualTo("Aucun fichier lisible ne se trouve ici\u00a0: " + folder.resolve("none.csv"));
        assertThat(noFirm.exitCode()).isEqualTo(2);
        assertThat(noFirm.text()).isEqualTo("There is no firm F-999. The firms are: F-200, F-100");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            import                                          | --firm is missing.
            import --firm=F-100                             | --file is missing.
            import --firm= --file=list.csv                  | “--firm=” has no value.
            import --firm=F-100 --file=list.csv --dryrun    | “--dryrun” is not understood.
            import --firm=F-100 --file=list.csv --dry-run=1 | “--dry-run=1” is not understood.
            import --firm=F-100 list.csv                    | “list.csv” is not understood.
            import --firm=F-1 --file=list.csv --language=de | “de” is not a language of the product. Use fr or en.
            import --firm=F-1 --file=list.csv --as-of=today | “today” is not a date. Write year-month-day, like 2026-03-31.
            import --firm=F-1 --file=list.csv --whole=yes   | “--whole=yes” is not understood.
            export --firm=F-100                             | “export --firm=F-100” is not understood.
            """)
    void wrongArgumentsEndWithTwoASentenceAndTheUsageInBothLanguages(String arguments, String sentence) {
        Answer answer = run(arguments.split(" "));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.lines())
                .contains(
                        sentence,
                        "Utilisation\u00a0: import --firm=F-100 --file=liste.csv [--as-of=2026-03-31] [--whole] [--again] [--dry-run] [--language=fr|en]",
                        "Usage: import --firm=F-100 --file=list.csv [--as-of=2026-03-31] [--whole] [--again] [--dry-run] [--language=fr|en]");
    }

    @Test
    void settingsOfTheProductPassThrough() throws Exception {
        Path list = file(ListFile.empty().withSplit("C-1").file());

        Answer answer = run("import", "--firm=F-200", "--file=" + list, "--test.stop-days=7", "--dry-run");

        assertThat(answer.exitCode()).isZero();
        assertThat(Product.stopDays).isEqualTo(7);
    }

    @Test
    void productThatCannotStartEndsWithTwo() {
        Answer answer = run("import", "--firm=F-200", "--file=list.csv", "--test.stop-days=none");

        assertThat(answer.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"import, true", "export, true", "--server.port=9090, false", "'', false"})
    void startIsACommandWhenItsFirstArgumentIsAWord(String first, boolean command) {
        String[] arguments = first.isEmpty() ? new String[0] : new String[] {first};

        assertThat(ImportCommand.isCalledBy(arguments)).isEqualTo(command);
    }

    private record Answer(int exitCode, String text) {

        List<String> lines() {
            return text.lines().toList();
        }
    }

    private static Answer run(String... arguments) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exitCode = new ImportCommand(Product.class, out).run(arguments);
        return new Answer(exitCode, printed.toString(StandardCharsets.UTF_8).strip());
    }

    private Path file(AccountList list) throws Exception {
        Path file = folder.resolve("list.csv");
        try (InputStream in = list.open()) {
            Files.write(file, in.readAllBytes());
        }
        return file;
    }

    private static List<String> companies(String firm) {
        return JDBC.sql("select company_id from client where firm_id = ? order by company_id")
                .param(firm)
                .query(String.class)
                .list();
    }

    private static List<String> rowVersions() {
        return JDBC.sql("select xmin::text || ctid from client union all select xmin::text || ctid from subscription")
                .query(String.class)
                .list();
    }

    private static void addFirm(String id, String name, String language) {
        JDBC.sql(
                        "insert into firm values (?, ?, 'firm@example.ca', ?, 'CA', 'QC', 'America/Toronto', 'CAD', true, true, 15)")
                .params(id, name, language)
                .update();
    }

    /** The account module as a product of its own, on a database that outlives each run. */
    @WithDatabase
    @ImportAutoConfiguration(MessageSourceAutoConfiguration.class)
    @Import({ImportAccountList.class, FaultSentences.class, SamplePrices.class})
    @ComponentScan({
        "org.billingtakeover.lists.csv",
        "org.billingtakeover.lists.jdbc",
        "org.billingtakeover.account.jdbc",
        "org.billingtakeover.billing.jdbc",
        "org.billingtakeover.billing.ledger"
    })
    static class Product {

        static int stopDays;

        @Bean(destroyMethod = "")
        DataSource database() {
            return DATABASE;
        }

        @Bean
        Clock clock() {
            return Clock.fixed(AccountTest.NOW, ZoneOffset.UTC);
        }

        @Bean
        StopDates stopDates(@Value("${test.stop-days:30}") int days) {
            stopDays = days;
            return detected -> detected.plusDays(days);
        }
    }
}

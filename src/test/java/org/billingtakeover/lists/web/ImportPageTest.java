package org.billingtakeover.lists.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.billingtakeover.account.AccountTest;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Difference;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.account.StopDates;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ClientChange;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ImportedLists;
import org.billingtakeover.lists.ListFile;
import org.billingtakeover.lists.StartedImport.Upload;
import org.billingtakeover.lists.StartedImports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityAutoConfiguration;
import org.springframework.boot.autoconfigure.security.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.autoconfigure.thymeleaf.ThymeleafAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.MultipartAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

@Tag("slow")
@SpringBootTest(classes = ImportPageTest.Pages.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ActiveProfiles("test")
class ImportPageTest {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String BOUNDARY = "end-of-part";

    @LocalServerPort
    private int port;

    @Autowired
    private Accounts accounts;

    @Autowired
    private ImportAccountList importList;

    @Autowired
    private Imports imports;

    private static final Upload UPLOAD = new Upload(new Claim(LocalDate.of(2026, 5, 4), true), "0".repeat(64));

    @Autowired
    private StartedImports started;

    @Autowired
    private ImportedLists imported;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Gate gate;

    @BeforeEach
    void twoFirms() {
        transaction.executeWithoutResult(
                status -> jdbc.sql("truncate firm cascade").update());
        accounts.save(SampleAccounts.firm("F-100"));
        accounts.save(SampleAccounts.firm("F-200"));
    }

    @AfterEach
    void openGate() {
        gate.open();
    }

    @Test
    void accountantImportsAListAndReadsTheCountsAndWhatToMend() throws Exception {
        Browser alice = new Browser("alice");

        String page = alice.importList(
                "F-100",
                ListFile.empty()
                        .withSplit("C-1")
                        .with("Company ID", "C-2", "Primary admin e-mail", "<mireille>")
                        .withSplit("C-3")
                        .file(),
                false);

        assertThat(page)
                .contains(
                        "The list of Cabinet F-100 is imported.",
                        "<dt>Added</dt><dd>2</dd>",
                        "<dt>Bad lines</dt><dd>1</dd>")
                .containsSubsequence(
                        ">3</td>", ">Primary admin e-mail</td>", "&lt;mireille&gt;", "This is not one e-mail address.");
        assertThat(accounts.countOfFirm(new FirmId("F-100"), "")).isEqualTo(2);
    }

    @Test
    void pageSpeaksFrenchToWhoReadsFrench() throws Exception {
        Browser alice = new Browser("alice").reads("fr");

        String page = alice.importList(
                "F-100", ListFile.empty().with("Time payer", "bank").file(), true);

        assertThat(page)
                .contains("Essai pour Cabinet F-100\u00a0: voici ce que ferait une importation. Rien n’a été changé.")
                .containsSubsequence(">2</td>", "bank", "Indiquez qui paie\u00a0: cabinet ou client.");
    }

    @Test
    void dryRunChangesNothing() throws Exception {
        String page = new Browser("alice")
                .importList("F-100", ListFile.empty().withSplit("C-1").file(), true);

        assertThat(page).contains("Nothing was changed.", "<dt>Added</dt><dd>1</dd>");
        assertThat(accounts.countOfFirm(new FirmId("F-100"), "")).isZero();
    }

    @Test
    @DisplayName("a dry run says which clients would change and what of each, in both languages")
    void dryRunSaysWhatWouldChange() throws Exception {
        Browser alice = new Browser("alice");
        alice.importList("F-100", ListFile.empty().withSplit("C-1").file(), false);
        URI dryRun = alice.start(
                "F-100",
                ListFile.empty()
                        .with(
                                "Company ID", "C-1",
                                "Primary admin e-mail", "other@example.ca",
                                "Stop date", "2026-07-15",
                                "Time status", "past due")
                        .file(),
                true);

        assertThat(alice.finished(dryRun))
                .containsSubsequence(
                        "What would change",
                        "Primary admin e-mail: mireille.gagnon@example.ca → other@example.ca",
                        " → July 15, 2026",
                        "Time status: active → past due");
        assertThat(alice.get(dryRun.getPath() + "?lang=fr").body())
                .contains("Ce qui changerait", " → 15 juillet 2026", "actif → en souffrance");
    }

    @Test
    @DisplayName("what differs of people is told to those alone who may see clients")
    void peopleAreTold() {
        ClientChange change = new ClientChange(
                new CompanyId("C-1"),
                "Atelier",
                List.of(
                        new Difference("ADMIN_NAME", "Mireille", "Luc"),
                        new Difference("ADMIN_EMAIL", "m@example.ca", "l@example.ca"),
                        new Difference("TIME_USERS", "8", "9")));

        assertThat(ImportPage.ShownChange.to(reader(Right.SEE_CLIENTS), change, Difference::now)
                        .differences())
                .containsExactly("Luc", "l@example.ca", "9");
        assertThat(ImportPage.ShownChange.to(reader(Right.IMPORT_LISTS), change, Difference::now)
                        .differences())
                .containsExactly("9");
    }

    private static StaffMember reader(Right right) {
        return new StaffMember("ada", "Ada", null, Set.of(right));
    }

    @Test
    void secondImportOfAFileChangesNothing() throws Exception {
        Browser alice = new Browser("alice");
        AccountList list = ListFile.empty().withSplit("C-1", "C-2").file();
        alice.importList("F-100", list, false);

        URI known = alice.start("F-100", list, false);

        assertThat(alice.get(known.getPath() + "?" + known.getQuery()).body())
                .contains("This very file was imported before", "name=\"again\"");
        assertThat(alice.with("again", "true").importList("F-100", list, false))
                .contains("<dt>Added</dt><dd>0</dd>", "<dt>Changed</dt><dd>0</dd>", "<dt>Unchanged</dt><dd>2</dd>");
    }

    @Test
    void fileOfWhichNoLineCanBeReadIsRefusedWithAReason() throws Exception {
        String page = new Browser("alice").importList("F-100", ListFile.of(new byte[] {'P', 'K', 3, 4, 0, 0}), false);

        assertThat(page).contains("Nothing was imported.", "This is an Excel workbook.");
    }

    @Test
    void pageOfARunningImportTellsHowFarItIsAndFollowsByItself() throws Exception {
        ListFile list = ListFile.empty();
        IntStream.rangeClosed(1, 1200).forEach(number -> list.withSplit("C-" + number));
        gate.closeAfter(700);
        Browser alice = new Browser("alice");
        URI result = alice.start("F-100", list.file(), false);

        HttpResponse<String> page = alice.get(result.getPath());
        while (!page.body().contains("Lines read: 500 (")) {
            assertThat(page.headers().firstValue("Refresh")).contains("1");
            page = alice.get(result.getPath());
        }

        assertThat(page.headers().firstValue("Refresh")).contains("1");
        gate.open();
        assertThat(alice.finished(result)).contains("<dt>Added</dt><dd>1,200</dd>");
        assertThat(alice.get(result.getPath()).headers().firstValue("Refresh")).isEmpty();
    }

    @Test
    void importsWaitForEachOtherUntilTooManyAre() throws Exception {
        gate.closeAfter(0);
        Browser alice = new Browser("alice");
        AccountList list = ListFile.empty().withSplit("C-1").file();
        URI last = alice.start("F-100", list, false);
        for (int i = 0; i < 2; i++) {
            last = alice.start("F-100", list, false);
        }

        assertThat(alice.get(last.getPath()).body()).contains("Other imports come first.");
        URI refused = alice.start("F-100", list, false);

        assertThat(alice.get(refused.getPath() + "?" + refused.getQuery()).body())
                .contains("Many imports are waiting");
        URI ofAnotherFirm = new Browser("hannah").start("F-200", list, false);
        gate.open();
        assertThat(alice.finished(last)).contains("<dt>Unchanged</dt><dd>1</dd>");
        assertThat(new Browser("hannah").finished(ofAnotherFirm)).contains("<dt>Added</dt><dd>1</dd>");
    }

    @Test
    void uploadThatBreaksDownLeavesTheFirmItsPlaceInTheQueue() throws Exception {
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> imports.start(
                            new FirmId("F-100"), "alice", "clients.csv", false, UPLOAD, new BrokenUpload()))
                    .hasStackTraceContaining("The test wants it so.");
        }
        assertThat(new Browser("alice")
                        .importList("F-100", ListFile.empty().withSplit("C-1").file(), false))
                .contains("<dt>Added</dt><dd>1</dd>");
    }

    @Test
    void importThatBreaksDownEndsAndLeavesNoFile() throws Exception {
        gate.breakDown();
        Browser alice = new Browser("alice");

        URI result = alice.start("F-100", ListFile.empty().withSplit("C-1").file(), false);

        assertThat(alice.finished(result)).contains("broke down");
        try (Stream<Path> files = Files.list(imports.folder())) {
            assertThat(files).isEmpty();
        }
    }

    /** The second node is the product's own, which goes on with what the first has left. */
    @Test
    @DisplayName("S110 an import whose node stops goes on at another node, and nothing is half or twice")
    void importGoesOnAtAnotherNode() throws Exception {
        gate.closeAfter(2);
        Browser alice = new Browser("alice");
        ListFile list = ListFile.empty();
        for (int i = 1; i <= 1200; i++) {
            list = list.withSplit("C-" + i);
        }
        Imports stopping = new Imports(importList, started, imported, Clock.systemUTC());
        UUID id = stopping.start(
                        new FirmId("F-100"),
                        "alice",
                        "list.csv",
                        false,
                        UPLOAD,
                        new MockMultipartFile("file", bytes(list.file())))
                .orElseThrow();

        gate.awaitSomebody();
        CompletableFuture<Void> stop = new CompletableFuture<>();
        Thread stopper = new Thread(() -> {
            try {
                stopping.close();
                stop.complete(null);
            } catch (InterruptedException | IOException e) {
                stop.completeExceptionally(e);
            }
        });
        stopper.start();
        while (stopper.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        gate.open();
        stop.get();

        assertThat(stopping.folder()).doesNotExist();
        imports.lookForNext();
        assertThat(alice.finished(URI.create("/clients/import/" + id))).contains("<dt>Added</dt><dd>1,200</dd>");
        assertThat(accounts.countOfFirm(new FirmId("F-100"), "")).isEqualTo(1200);
        assertThat(files()).isZero();
    }

    @Test
    @DisplayName("S110 an import whose node has died is taken over after a minute, and ended if each node dies of it")
    void importOfADeadNode() throws Exception {
        Browser alice = new Browser("alice");
        byte[] list = bytes(ListFile.empty().withSplit("C-1").file());
        UUID taken = ofADeadNode(list, 1);
        UUID deadly = ofADeadNode(list, 3);
        imports.lookForNext();

        assertThat(alice.finished(URI.create("/clients/import/" + taken))).contains("<dt>Added</dt><dd>1</dd>");
        assertThat(alice.finished(URI.create("/clients/import/" + deadly))).contains("broke down");
        assertThat(files()).isZero();
    }

    private UUID ofADeadNode(byte[] list, int attempts) {
        UUID id = UUID.randomUUID();
        transaction.executeWithoutResult(
                status -> jdbc.sql("""
                        insert into list_import (id, firm_id, started_by, file_name, dry_run, file, state, attempts, alive_at)
                        values (?, 'F-100', 'alice', 'list.csv', false, ?, 'Running', ?, clock_timestamp() - interval '61 seconds')
                        """).params(id, list, attempts).update());
        return id;
    }

    private int files() {
        return jdbc.sql("select count(*) from list_import where file is not null")
                .query(Integer.class)
                .single();
    }

    @Test
    void importForRealComesAfterADryRunAndAsksForNoFile() throws Exception {
        Browser alice = new Browser("alice").with("asOf", "2026-05-01").with("whole", "true");
        AccountList list = ListFile.empty().withSplit("C-1").file();

        assertThat(alice.get("/clients/import").body()).contains("checked=\"checked\"");
        URI dryRun = alice.start("F-100", list, true);
        assertThat(alice.finished(dryRun))
                .contains(
                        "As of May 1, 2026.",
                        "It names all clients of the firm.",
                        "action=\"" + dryRun.getPath() + "\"")
                .doesNotContain("This very file");
        URI forReal = alice.postForGood(dryRun.getPath());

        assertThat(alice.finished(forReal)).contains("<dt>Added</dt><dd>1</dd>", "As of May 1, 2026.");
        assertThat(jdbc.sql("select as_of || ' ' || whole || ' ' || imported_by from imported_list")
                        .query(String.class)
                        .list())
                .containsExactly("2026-05-01 true alice");
        assertThat(alice.finished(dryRun)).contains("This very file was imported on", "name=\"again\"");
        assertThat(alice.postForGood(dryRun.getPath())).hasPath(dryRun.getPath());
        assertThat(alice.finished(alice.with("again", "true").postForGood(dryRun.getPath())))
                .contains("<dt>Unchanged</dt><dd>1</dd>");
    }

    @Test
    void fileOfADryRunIsKeptForADay() throws Exception {
        Browser alice = new Browser("alice");
        alice.finished(alice.start("F-100", ListFile.empty().withSplit("C-2").file(), true));
        URI dryRun = alice.start("F-100", ListFile.empty().withSplit("C-1").file(), true);
        alice.finished(dryRun);
        assertThat(files()).as("the file of the newest dry run").isEqualTo(1);

        transaction.executeWithoutResult(
                status -> jdbc.sql("update list_import set ended_at = ended_at - interval '25 hours'")
                        .update());
        started.takeNext();

        assertThat(files()).isZero();
        assertThat(alice.finished(dryRun)).doesNotContain("action=\"" + dryRun.getPath() + "\"");
        assertThat(alice.postForGood(dryRun.getPath()).getQuery()).contains("refused=FILE_GONE");
    }

    @Test
    void nobodyElseImportsWhatADryRunHasRead() throws Exception {
        URI dryRun = new Browser("alice")
                .start("F-100", ListFile.empty().withSplit("C-1").file(), true);
        new Browser("alice").finished(dryRun);

        for (String other : List.of("amelie", "hannah", "ada")) {
            assertThat(new Browser(other).post(dryRun.getPath()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void listOfTomorrowIsRefused() throws Exception {
        Browser alice = new Browser("alice").with("asOf", "2099-01-01");

        assertThat(alice.start("F-100", ListFile.empty().withSplit("C-1").file(), false)
                        .getQuery())
                .contains("refused=AS_OF_FUTURE");
        assertThat(alice.get("/clients/import?refused=AS_OF_FUTURE").body()).contains("is in the future");
    }

    @Test
    void importIsVisibleOnlyToWhoStartedIt() throws Exception {
        URI result = new Browser("alice")
                .start("F-100", ListFile.empty().withSplit("C-1").file(), true);

        assertThat(new Browser("amelie").get(result.getPath()).statusCode()).isEqualTo(404);
        assertThat(new Browser("hannah").get(result.getPath()).statusCode()).isEqualTo(404);
        assertThat(new Browser("ada").get(result.getPath()).statusCode()).isEqualTo(404);
    }

    @Test
    void accountantImportsIntoTheirOwnFirmOnly() throws Exception {
        Browser hannah = new Browser("hannah");

        assertThat(hannah.get("/clients/import?firm=F-100").statusCode()).isEqualTo(404);
        assertThat(hannah.get("/clients/import").body()).doesNotContain("F-100").contains("value=\"F-200\"");
        assertThat(hannah.post(
                                "F-100",
                                "list.csv",
                                bytes(ListFile.empty().withSplit("C-1").file()),
                                false)
                        .statusCode())
                .isEqualTo(404);
        assertThat(accounts.countOfFirm(new FirmId("F-100"), "")).isZero();
    }

    @Test
    void administratorChoosesAmongTheFirms() throws Exception {
        Browser ada = new Browser("ada");

        assertThat(ada.get("/clients/import?firm=F-200").body())
                .contains("<option value=\"F-100\">", "<option value=\"F-200\" selected=\"selected\">");
        ada.importList("F-200", ListFile.empty().withSplit("C-1").file(), false);

        assertThat(accounts.countOfFirm(new FirmId("F-200"), "")).isEqualTo(1);
    }

    @Test
    void whoNeitherWorksForAFirmNorAdministersImportsNothing() throws Exception {
        Browser audrey = new Browser("audrey");

        assertThat(audrey.get("/clients/import").statusCode()).isEqualTo(403);
        assertThat(audrey.get("/clients/import/example.csv?language=EN").statusCode())
                .isEqualTo(403);
        assertThat(audrey.post("F-100", "list.csv", new byte[0], false).statusCode())
                .isEqualTo(403);
    }

    @Test
    void listLargerThanTheLimitIsRefusedWithAReason() throws Exception {
        Browser alice = new Browser("alice");

        HttpResponse<String> answer = alice.post("F-100", "list.csv", new byte[66 << 20], false);

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(alice.get("/clients/import?refused=TOO_LARGE").body()).contains("The file is larger than 64 MB");
        assertThat(answer.headers().firstValue("Location"))
                .get()
                .asString()
                .endsWith("/clients/import?refused=TOO_LARGE");
    }

    @Test
    void formWithoutAFileIsSentBack() throws Exception {
        Browser alice = new Browser("alice");

        HttpResponse<String> answer = alice.post("F-100", "", new byte[0], false);

        assertThat(answer.headers().firstValue("Location")).get().asString().endsWith("?firm=F-100&refused=NO_FILE");
        assertThat(alice.get("/clients/import?firm=F-100&refused=NO_FILE").body())
                .contains("No file was chosen.");
    }

    @Test
    void nothingIsLeftOfAnImportedFile() throws Exception {
        new Browser("alice")
                .importList("F-100", ListFile.empty().withSplit("C-1").file(), false);

        assertThat(imports.folder()).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"EN, client-list.csv", "FR, liste-de-clients.csv"})
    void exampleListIsOfferedAndCanBeImportedAsItIs(String language, String fileName) throws Exception {
        Browser alice = new Browser("alice");
        String link = "/clients/import/example.csv?language=" + language;
        assertThat(alice.get("/clients/import").body()).contains(link);

        HttpResponse<String> example = alice.get(link);
        String page = alice.importList("F-100", ListFile.of(example.body(), StandardCharsets.UTF_8), false);

        assertThat(example.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"" + fileName + "\"");
        assertThat(page).contains("<dt>Added</dt><dd>3</dd>", "<dt>Bad lines</dt><dd>0</dd>");
        assertThat(page).doesNotContain("Columns that were not used");
    }

    private static byte[] bytes(AccountList list) throws Exception {
        try (InputStream in = list.open()) {
            return in.readAllBytes();
        }
    }

    /** Somebody who is signed in and uses the pages without scripts. */
    private final class Browser {

        private final HttpClient http =
                HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
        private final String user;
        private String language = "en";
        private String more = "";

        Browser(String user) {
            this.user = user;
        }

        Browser reads(String code) {
            language = code;
            return this;
        }

        /** Also sends this field with each form. */
        Browser with(String name, String value) {
            more += field(name, value);
            return this;
        }

        URI postForGood(String path) throws Exception {
            HttpResponse<String> answer = post(path);
            assertThat(answer.statusCode()).isEqualTo(302);
            return URI.create(answer.headers().firstValue("Location").orElseThrow());
        }

        HttpResponse<String> post(String path) throws Exception {
            Matcher token = TOKEN.matcher(get("/").body());
            assertThat(token.find()).isTrue();
            String again = more.contains("again") ? "&again=true" : "";
            HttpRequest request = request(path)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(
                            "_csrf=" + URLEncoder.encode(token.group(1), StandardCharsets.UTF_8) + again))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        }

        HttpResponse<String> get(String path) throws Exception {
            return http.send(request(path).build(), BodyHandlers.ofString());
        }

        /** Imports a list and waits for the result as the page does. */
        String importList(String firm, AccountList list, boolean dryRun) throws Exception {
            return finished(start(firm, list, dryRun));
        }

        URI start(String firm, AccountList list, boolean dryRun) throws Exception {
            HttpResponse<String> answer = post(firm, "list.csv", bytes(list), dryRun);
            assertThat(answer.statusCode()).isEqualTo(302);
            return URI.create(answer.headers().firstValue("Location").orElseThrow());
        }

        String finished(URI result) throws Exception {
            HttpResponse<String> page = get(result.getPath());
            while (page.headers().firstValue("Refresh").isPresent()) {
                page = get(result.getPath());
            }
            assertThat(page.statusCode()).isEqualTo(200);
            return page.body();
        }

        HttpResponse<String> post(String firm, String fileName, byte[] file, boolean dryRun) throws Exception {
            Matcher token = TOKEN.matcher(get("/").body());
            assertThat(token.find()).isTrue();
            String fields = field("_csrf", token.group(1)) + field("firm", firm) + more
                    + (dryRun ? field("dryRun", "true") : "")
                    + "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + fileName
                    + "\"\r\nContent-Type: text/csv\r\n\r\n";
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes(fields.getBytes(StandardCharsets.UTF_8));
            body.writeBytes(file);
            body.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
            HttpRequest request = request("/clients/import")
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                    .build();
            return http.send(request, BodyHandlers.ofString());
        }

        private static String field(String name, String value) {
            return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value
                    + "\r\n";
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("Accept-Language", language)
                    .header(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder()
                                            .encodeToString((user + ":any").getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Cannot be stored, for a reason that nobody foresaw. */
    private static final class BrokenUpload extends MockMultipartFile {

        BrokenUpload() {
            super("file", new byte[0]);
        }

        @Override
        public long getSize() {
            return 100;
        }

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    return read();
                }

                @Override
                public int read() throws IOException {
                    throw new IOException("The test wants it so.");
                }
            };
        }
    }

    /** Holds imports at a line until it is opened. */
    static final class Gate implements StopDates {

        private final AtomicInteger lines = new AtomicInteger(Integer.MAX_VALUE);
        private volatile CountDownLatch reached = new CountDownLatch(0);
        private volatile CountDownLatch opened = new CountDownLatch(0);
        private volatile boolean broken;

        void closeAfter(int count) {
            reached = new CountDownLatch(1);
            opened = new CountDownLatch(1);
            lines.set(count);
        }

        void awaitSomebody() throws InterruptedException {
            reached.await();
        }

        void breakDown() {
            broken = true;
        }

        void open() {
            broken = false;
            lines.set(Integer.MAX_VALUE);
            opened.countDown();
        }

        @Override
        public LocalDate defaultFor(LocalDate detected) {
            if (broken) {
                throw new OutOfMemoryError("The test wants it so.");
            }
            if (lines.getAndDecrement() <= 0) {
                reached.countDown();
                try {
                    opened.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return detected.plusDays(30);
        }
    }

    /** The account module with its pages, and people who sign in with any password. */
    @Import(AccountTest.Module.class)
    @ComponentScan({"org.billingtakeover.lists.web", "org.billingtakeover.web"})
    @ImportAutoConfiguration({
        ServletWebServerFactoryAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        MultipartAutoConfiguration.class,
        ThymeleafAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class,
        PropertyPlaceholderAutoConfiguration.class
    })
    static class Pages {

        @Bean
        @Primary
        Gate gate() {
            return new Gate();
        }

        /** What a form on any page carries, for whoever has no right to a page with one. */
        @Bean
        RouterFunction<ServerResponse> start() {
            return RouterFunctions.route()
                    .GET("/", request -> ServerResponse.ok().body("name=\"_csrf\" value=\"" + token(request) + "\""))
                    .build();
        }

        private static String token(ServerRequest request) {
            return ((CsrfToken) request.attribute(CsrfToken.class.getName()).orElseThrow()).getToken();
        }

        @Bean
        SecurityFilterChain security(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/error")
                            .permitAll()
                            .anyRequest()
                            .authenticated())
                    .httpBasic(Customizer.withDefaults())
                    .authenticationProvider(new AnyPassword())
                    .build();
        }
    }

    private static final class AnyPassword implements AuthenticationProvider {

        @Override
        public Authentication authenticate(Authentication attempt) throws AuthenticationException {
            StaffMember staff = switch (attempt.getName()) {
                case "alice", "amelie" ->
                    new StaffMember(
                            attempt.getName(),
                            "Alice",
                            new FirmId("F-100"),
                            Set.of(Right.IMPORT_LISTS, Right.SEE_CLIENTS));
                case "hannah" -> new StaffMember("hannah", "Hannah", new FirmId("F-200"), Set.of(Right.IMPORT_LISTS));
                case "ada" -> new StaffMember("ada", "Ada", null, Set.of(Right.IMPORT_LISTS));
                default -> new StaffMember(attempt.getName(), "Audrey", null, Set.of());
            };
            return UsernamePasswordAuthenticationToken.authenticated(staff, null, AuthorityUtils.createAuthorityList());
        }

        @Override
        public boolean supports(Class<?> attempt) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(attempt);
        }
    }
}

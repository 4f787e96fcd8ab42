package org.billingtakeover.billing.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.billingtakeover.BackOfficeTest;
import org.billingtakeover.Door;
import org.billingtakeover.TestClock;
import org.billingtakeover.Visitor;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.billing.Bill.Line;
import org.billingtakeover.billing.Bill.Party;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.ledger.LedgerBillsForTests;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.pricing.Charge;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@BackOfficeTest
@DisplayName("The pages of bills")
class BillPagesTest {

    private static final Currency CAD = Currency.getInstance("CAD");

    @Autowired
    Accounts accounts;

    @Autowired
    ApplicationContext product;

    @Autowired
    TestClock clock;

    @Autowired
    Door door;

    private Firm firm;
    private Account client;
    private Account another;
    private Visitor accountant;
    private BillNumber ofFirm;
    private BillNumber ofClient;

    @BeforeEach
    void givenBills() {
        clock.set(Instant.parse("2026-04-16T15:00:00Z"));
        firm = door.firm("B");
        client = door.client(firm, "7");
        another = door.client(firm, "6");
        accountant = door.signedIn("accountant", firm);
        ofFirm = made(
                Party.firm(firm.id()),
                line(client, Product.QUICKBOOKS_TIME, "25.16", "2026-03-20", "2026-04-15"),
                line(client, Product.QUICKBOOKS_TIME, "1234.50", "2026-04-15", "2026-05-15"),
                line(another, Product.QUICKBOOKS_ONLINE, "-5.00", "2026-04-12", "2026-04-15"));
        ofClient = made(
                Party.client(firm.id(), client.client().companyId()),
                line(client, Product.QUICKBOOKS_ONLINE, "62.00", "2026-04-20", "2026-05-20"));
    }

    @Test
    @DisplayName("list those of the firm and of its clients, newest first, by their names")
    void list() {
        assertThat(page("/bills?lang=en"))
                .containsSubsequence(
                        ofClient.text(),
                        "April 15, 2026",
                        client.client().name(),
                        "Client",
                        "$71.28",
                        ofFirm.text(),
                        firm.name(),
                        "Firm",
                        "$1,442.55")
                .doesNotContain("Older bills");
        assertThat(page("/bills?lang=fr&before=" + ofClient))
                .contains("15 avril 2026", "1\u00a0442,55\u00a0$", "Factures les plus récentes")
                .doesNotContain(ofClient + "<");
    }

    @Test
    @DisplayName("list 25 at a time, and the older ones on the next page")
    void pages() {
        for (int more = 0; more < 25; more++) {
            new LedgerBillsForTests(product)
                    .made(
                            Party.firm(firm.id()),
                            LocalDate.of(2026, 4, 16).plusMonths(more),
                            CAD,
                            List.of(line(client, Product.QUICKBOOKS_ONLINE, "31.00", "2026-04-15", "2026-05-15")));
        }
        String newest = page("/bills?lang=en");
        assertThat(newest).doesNotContain(ofFirm + "<", ofClient + "<").contains("Older bills");

        String older = newest.replaceFirst("(?s).*before=(L-\\d+).*", "$1");
        assertThat(page("/bills?lang=en&before=" + older))
                .contains(ofFirm + "<", ofClient + "<", "Newest bills")
                .doesNotContain("Older bills");
    }

    @Test
    @DisplayName("show each client with its lines by days, what is given back in words, and the sums by tax")
    void bill() {
        assertThat(page("/bills/" + ofFirm + "?lang=en"))
                .containsSubsequence(
                        "Bill " + ofFirm,
                        firm.name() + ", consolidated bill of April 15, 2026",
                        client.client().name(),
                        "QuickBooks Time PREMIUM, 8 users",
                        "March 20, 2026 to April 14, 2026 (26 days)",
                        "ProAdvisor preferred price",
                        "$25.16",
                        "GST $1.26",
                        "QST $2.51",
                        "April 15, 2026 to May 14, 2026 (30 days)",
                        "$1,234.50",
                        another.client().name(),
                        "Given back:",
                        "\u2212$5.00",
                        "Sums",
                        "$1,254.66",
                        "GST",
                        "$62.74",
                        "QST",
                        "$1,442.55");
        assertThat(page("/bills/" + ofClient + "?lang=fr"))
                .containsSubsequence(
                        "Facture " + ofClient,
                        client.client().name() + ", facture du 15 avril 2026",
                        "QuickBooks en ligne PLUS, 1 utilisateur",
                        "du 20 avril 2026 au 19 mai 2026 (30 jours)",
                        "62,00\u00a0$",
                        "TPS 3,10\u00a0$",
                        "Sommes")
                .doesNotContain("GST", "Remboursement");
    }

    @Test
    @DisplayName("say the same in a PDF with tags, in the reader's language")
    void pdf() throws IOException {
        String path = "/bills/" + ofFirm + ".pdf?lang=fr";
        assertThat(accountant.get(path).headers().firstValue("Content-Type")).contains("application/pdf");
        assertThat(accountant.get(path).headers().firstValue("Content-Disposition"))
                .hasValueSatisfying(name -> assertThat(name).contains(ofFirm + ".pdf"));
        try (PDDocument pdf = Loader.loadPDF(accountant.download(path))) {
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("fr");
            assertThat(new PDFTextStripper().getText(pdf).replaceAll("[\\s\\u00a0]+", " "))
                    .containsSubsequence(
                            "Facture " + ofFirm,
                            firm.name(),
                            client.client().name(),
                            "QuickBooks Time PREMIUM",
                            "26 jours",
                            "Remboursement",
                            "1 442,55 $");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "accountant, 200",
        "client-support, 200",
        "billing-operations, 200",
        "auditor, 200",
        "process-owner, 403",
        "camunda-admin, 403"
    })
    @DisplayName("are open to whoever serves the firm, and to nobody else")
    void roles(String role, int status) {
        Visitor visitor = door.signedIn(role, role.equals("accountant") ? firm : null);

        for (String path : List.of("/bills?firm=" + firm.id(), "/bills/" + ofFirm, "/bills/" + ofClient + ".pdf")) {
            assertThat(visitor.get(path).statusCode()).as(path).isEqualTo(status);
        }
    }

    @Test
    @DisplayName("of another firm do not exist, nor does a bill that nobody has made")
    void othersAlone() {
        Visitor stranger = door.signedIn("accountant", door.firm("D"));

        for (String path : List.of(
                "/bills?firm=" + firm.id(),
                "/bills/" + ofFirm,
                "/bills/" + ofClient,
                "/bills/" + ofFirm + ".pdf",
                "/bills/L-999999999",
                "/bills/nothing.pdf")) {
            assertThat(stranger.get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(stranger.get("/bills?lang=en&before=" + ofClient).body())
                .contains("There are no older bills.")
                .doesNotContain(ofFirm.text());
        assertThat(stranger.get("/bills?lang=en").body()).contains("No bill has been made here yet.");
    }

    @Test
    @DisplayName("of a firm that works by hand are not known here, and the page says so")
    void byHand() {
        accounts.save(firm.changingOn(PlatformName.BY_HAND));

        assertThat(page("/bills?lang=en")).contains("Bills are not known here").doesNotContain(ofFirm + "<");
        assertThat(page("/bills?lang=fr")).contains("Les factures ne sont pas connues ici");
    }

    private BillNumber made(Party party, Line... lines) {
        return new LedgerBillsForTests(product).made(party, LocalDate.of(2026, 4, 15), CAD, List.of(lines));
    }

    private static Line line(Account of, Product product, String net, String from, String until) {
        Money price = Money.of(net, CAD);
        Money gst = price.times(new BigDecimal("0.05"));
        Money qst = price.times(new BigDecimal("0.09975"));
        return new Line(
                of.client().companyId(),
                of.subscription(product).plan(),
                new Charge(
                        product,
                        Payer.FIRM,
                        PriceBasis.of(product, Payer.FIRM),
                        of.subscription(product).users(),
                        price,
                        Money.zero(CAD),
                        price,
                        List.of(new Charge.Tax("GST/TPS", gst), new Charge.Tax("QST/TVQ", qst)),
                        price.plus(gst).plus(qst)),
                LocalDate.parse(from),
                LocalDate.parse(until));
    }

    private String page(String path) {
        HttpResponse<String> answer = accountant.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }
}

package org.billingtakeover.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.billingtakeover.Door;
import org.billingtakeover.account.Account;
import org.billingtakeover.trail.ErasePersonalData;
import org.billingtakeover.verifier.Report;
import org.billingtakeover.verifier.VerifyExport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** What a court is handed of a case. */
@ScenarioTest
@DisplayName("The evidence pack of a case")
class EvidenceScenarios extends Story {

    @Autowired
    ErasePersonalData erase;

    @Autowired
    Door door;

    @TempDir
    Path folder;

    private Account account;

    @BeforeAll
    static void validator() {
        VeraGreenfieldFoundryProvider.initialise();
    }

    @BeforeEach
    void givenAClient() {
        account = world.imports(firm, AccountLine.split());
    }

    @Test
    @DisplayName(
            "is PDF/A that a screen reader can read, says who agreed to what and what was shown, and proves itself")
    void endedCase() throws Exception {
        world.earned(account, "12.34");
        String key = world.confirmed(account);
        world.timePassesTo(LocalDate.of(2026, 3, 16));
        String number = world.quote(key).number().text();

        byte[] english = pack(key, "en");
        assertThat(faults(english)).isEmpty();
        assertThat(text(english))
                .contains(
                        "Evidence of the billing take-over " + key,
                        account.client().name(),
                        account.firm().name(),
                        "The payer has changed with effect from March 15, 2026.",
                        "Alex Admin",
                        "Owner",
                        "192.0.2.7",
                        "I am the primary admin of",
                        number,
                        "Total per month",
                        "Commission balance paid out",
                        "Request to confirm",
                        "verify-export " + key + ".zip");

        byte[] french = pack(key, "fr");
        assertThat(faults(french)).isEmpty();
        assertThat(text(french))
                .contains(
                        "Preuve de la prise en charge " + key,
                        "Le payeur a changé à compter du 15 mars 2026.",
                        "Alex Admin",
                        "Anglais",
                        "I am the primary admin of",
                        "Solde de commissions versé");

        erase.of(key, "olivia", "retention P7Y");
        byte[] erased = pack(key, "en");
        assertThat(faults(erased)).isEmpty();
        assertThat(text(erased)).doesNotContain("Alex Admin", "192.0.2.7").contains("erased");
    }

    @Test
    @DisplayName("tells of a case that has hardly begun, of a client with a name in another script")
    void openCase() throws Exception {
        String key = world.opened(account);
        world.transaction.executeWithoutResult(status -> world.jdbc
                .sql("update client set name = ? where id = ?")
                .param("<b>Ωmega & ᐃᓄᒃᑎᑐᑦ 株式会社 😀\u200b</b>")
                .param(account.client().id())
                .update());

        byte[] pdf = pack(key, "fr");

        assertThat(faults(pdf)).isEmpty();
        assertThat(text(pdf)).contains("Rien n’a été demandé au client.", "<b>Ωmega & ᐃᓄᒃᑎᑐᑦ");
    }

    /** The PDF of a pack that was verified. */
    private byte[] pack(String key, String language) throws Exception {
        byte[] bytes =
                door.signedIn("auditor", null).download("/audit/cases/" + key + "/evidence.zip?lang=" + language);
        Path path = Files.write(folder.resolve(key + ".zip"), bytes);
        Report report = VerifyExport.of(path, null);
        assertThat(report.isGood()).as(report.toString()).isTrue();
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
        }
        byte[] pdf = files.getOrDefault(key + ".pdf", new byte[0]);
        Files.write(Path.of("target", "evidence-" + language + ".pdf"), pdf);
        return pdf;
    }

    /** What the validator of the PDF Association says of it: as PDF/A-2a, and as PDF/UA-1. */
    private static List<String> faults(byte[] pdf) throws Exception {
        List<String> faults = new ArrayList<>();
        for (PDFAFlavour flavour : List.of(PDFAFlavour.PDFA_2_A, PDFAFlavour.PDFUA_1)) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                ValidationResult result = validator.validate(parser);
                for (TestAssertion fault : result.getTestAssertions()) {
                    faults.add(flavour + ": " + fault.getRuleId().getClause() + " " + fault.getMessage() + " "
                            + fault.getLocation().getContext());
                }
                assertThat(result.isCompliant())
                        .isEqualTo(result.getTestAssertions().isEmpty());
            }
        }
        return faults;
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
        }
    }
}

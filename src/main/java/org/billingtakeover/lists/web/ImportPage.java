package org.billingtakeover.lists.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Difference;
import org.billingtakeover.account.DifferenceWords;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ClientChange;
import org.billingtakeover.lists.FaultSentences;
import org.billingtakeover.lists.ImportedLists;
import org.billingtakeover.lists.LineProblem;
import org.billingtakeover.lists.ListColumn;
import org.billingtakeover.lists.StartedImport;
import org.billingtakeover.lists.StartedImport.Done;
import org.billingtakeover.lists.StartedImport.Running;
import org.billingtakeover.lists.StartedImport.State;
import org.billingtakeover.lists.StartedImport.Unusable;
import org.billingtakeover.lists.StartedImport.Upload;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.format.annotation.DateTimeFormat;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Takes an account list, and tells how far its import is and what became of each line. */
@Controller
@RequestMapping(ImportPage.PATH)
class ImportPage {

    static final String PATH = "/clients/import";

    /** What a form was refused for, as the parameter of the form's address. */
    static final String REFUSED = "refused";

    private final Accounts accounts;
    private final Imports imports;
    private final ImportedLists imported;
    private final FaultSentences sentences;
    private final DifferenceWords differences;
    private final Clock clock;

    ImportPage(
            Accounts accounts,
            Imports imports,
            ImportedLists imported,
            FaultSentences sentences,
            DifferenceWords differences,
            Clock clock) {
        this.accounts = accounts;
        this.imported = imported;
        this.clock = clock;
        this.imports = imports;
        this.sentences = sentences;
        this.differences = differences;
    }

    /** Why no import was started. */
    enum Refused {
        NO_FILE,
        TOO_LARGE,
        TOO_MANY,
        AS_OF_FUTURE,
        KNOWN,
        FILE_GONE
    }

    /** A problem of one line in the words of the page's language. */
    record ShownProblem(long line, @Nullable String column, String value, String sentence) {}

    /**
     * A client of whom something differs, in the words of the page's language.
     *
     * @param differences one sentence each
     */
    record ShownChange(CompanyId listedAs, String name, List<String> differences) {

        /** Who may not see clients is not told people's names and addresses. */
        static ShownChange to(StaffMember reader, ClientChange change, Function<Difference, String> inWords) {
            return new ShownChange(
                    change.listedAs(),
                    change.name(),
                    change.differences().stream()
                            .filter(each -> reader.may(Right.SEE_CLIENTS)
                                    || !ListColumn.valueOf(each.column()).isPersonal())
                            .map(inWords)
                            .toList());
        }
    }

    @GetMapping
    String form(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(required = false) @Nullable FirmId firm,
            @RequestParam(required = false) @Nullable Refused refused,
            @RequestParam(defaultValue = "true") boolean dryRun,
            Model model) {
        List<Firm> firms = firmsOf(staff);
        model.addAttribute("firms", firms);
        model.addAttribute("firm", chosen(firms, firm));
        model.addAttribute("refused", refused);
        model.addAttribute("dryRun", dryRun);
        model.addAttribute("today", today(chosen(firms, firm)));
        return "account/import";
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    String start(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam FirmId firm,
            @RequestParam MultipartFile file,
            @RequestParam(defaultValue = "false") boolean dryRun,
            @RequestParam(required = false) @DateTimeFormat(iso = DateTimeFormat.ISO.DATE) @Nullable LocalDate asOf,
            @RequestParam(defaultValue = "false") boolean whole,
            @RequestParam(defaultValue = "false") boolean again,
            RedirectAttributes redirect)
            throws IOException {
        Firm chosen = chosen(firmsOf(staff), firm);
        String name = StringUtils.getFilename(
                String.valueOf(file.getOriginalFilename()).replace('\\', '/'));
        if (!StringUtils.hasText(name)) {
            return refused(chosen, Refused.NO_FILE, redirect);
        }
        LocalDate today = today(chosen);
        Claim claim = new Claim(asOf == null ? today : asOf, whole);
        if (claim.asOf().isAfter(today)) {
            return refused(chosen, Refused.AS_OF_FUTURE, redirect);
        }
        Upload list = new Upload(claim, AccountList.sha256(file.getInputStream()));
        if (!dryRun && !again && known(chosen.id(), list).isPresent()) {
            redirect.addAttribute("dryRun", false);
            return refused(chosen, Refused.KNOWN, redirect);
        }
        return imports.start(chosen.id(), staff.id(), name, dryRun, list, file)
                .map(id -> "redirect:" + PATH + "/" + id)
                .orElseGet(() -> refused(chosen, Refused.TOO_MANY, redirect));
    }

    /** Imports for good what a dry run of the same person has read. */
    @PostMapping("/{id}")
    String startForGood(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable UUID id,
            @RequestParam(defaultValue = "false") boolean again,
            RedirectAttributes redirect) {
        StartedImport dryRun = visible(staff, id);
        Firm firm = accounts.firm(dryRun.firmId());
        Upload list = dryRun.list();
        if (list == null || !dryRun.hasFile()) {
            return refused(firm, Refused.FILE_GONE, redirect);
        }
        if (!again && known(firm.id(), list).isPresent()) {
            return "redirect:" + PATH + "/" + id;
        }
        return imports.startForGood(id)
                .map(started -> "redirect:" + PATH + "/" + started)
                .orElseGet(() -> refused(firm, Refused.TOO_MANY, redirect));
    }

    @GetMapping("/{id}")
    String result(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable UUID id,
            Locale locale,
            Model model,
            HttpServletResponse response) {
        StartedImport started = visible(staff, id);
        State state = started.state();
        Firm firm = accounts.firm(started.firmId());
        Upload list = started.list();
        model.addAttribute("firm", firm);
        model.addAttribute("claim", list == null ? null : list.claim());
        model.addAttribute("id", id);
        model.addAttribute("canImport", started.dryRun() && started.hasFile() && state instanceof Done);
        model.addAttribute(
                "known",
                list == null || !started.dryRun()
                        ? null
                        : known(firm.id(), list)
                                .map(at -> at.atZone(firm.timeZone()).toLocalDate())
                                .orElse(null));
        model.addAttribute("fileName", started.fileName());
        model.addAttribute("dryRun", started.dryRun());
        model.addAttribute("over", state.isOver());
        if (!state.isOver()) {
            // Works without a script. Seconds.
            response.setHeader("Refresh", "1");
        }
        if (state instanceof Running running) {
            model.addAttribute("progress", running.progress());
        } else if (state instanceof Unusable unusable) {
            model.addAttribute("unusable", sentences.sentence(unusable.reason(), locale));
        } else if (state instanceof Done done) {
            model.addAttribute("result", done.result());
            model.addAttribute("leftOut", new TreeMap<>(done.result().leftOut()));
            model.addAttribute(
                    "changes",
                    done.result().changes().stream()
                            .map(change -> ShownChange.to(staff, change, each -> differences.sentence(each, locale)))
                            .toList());
            model.addAttribute("problems", shown(done.result().problems(), locale));
            model.addAttribute("warnings", shown(done.result().warnings(), locale));
        }
        return "account/import-result";
    }

    /** A small list to begin with: each language's headers, and its separator as spreadsheets write it. */
    @GetMapping("/example.csv")
    ResponseEntity<Resource> example(@AuthenticationPrincipal StaffMember staff, @RequestParam Language language) {
        refuseUnlessMayImport(staff);
        String name = language == Language.FR ? "liste-de-clients.csv" : "client-list.csv";
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(name).build().toString())
                .body(new ClassPathResource("account/example." + language.code() + ".csv"));
    }

    private StartedImport visible(StaffMember staff, UUID id) {
        refuseUnlessMayImport(staff);
        return imports.find(id).filter(found -> found.isVisibleTo(staff)).orElseThrow(ImportPage::notFound);
    }

    private Optional<Instant> known(FirmId firm, Upload list) {
        return imported.lastImport(firm, list.sha256());
    }

    private LocalDate today(Firm firm) {
        return LocalDate.now(clock.withZone(firm.timeZone()));
    }

    private List<Firm> firmsOf(StaffMember staff) {
        refuseUnlessMayImport(staff);
        return accounts.firms().stream().filter(each -> staff.sees(each.id())).toList();
    }

    /** A firm that this person does not see does not exist for them. */
    private static Firm chosen(List<Firm> firms, @Nullable FirmId id) {
        return firms.stream()
                .filter(each -> id == null || each.id().equals(id))
                .findFirst()
                .orElseThrow(ImportPage::notFound);
    }

    private static String refused(Firm firm, Refused reason, RedirectAttributes redirect) {
        redirect.addAttribute("firm", firm.id());
        redirect.addAttribute(REFUSED, reason);
        return "redirect:" + PATH;
    }

    private static void refuseUnlessMayImport(StaffMember staff) {
        if (!staff.may(Right.IMPORT_LISTS)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }

    private List<ShownProblem> shown(List<LineProblem> problems, Locale locale) {
        return problems.stream()
                .map(each ->
                        new ShownProblem(each.line(), each.column(), each.value(), sentences.sentence(each, locale)))
                .toList();
    }
}

package org.billingtakeover.evidence;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.audit.AuditedCases;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.limits.FewAtOnce;
import org.billingtakeover.takeover.Takeovers;
import org.billingtakeover.trail.CanonicalJson;
import org.billingtakeover.trail.Fact;
import org.billingtakeover.trail.Seals;
import org.billingtakeover.trail.StoredTrail.Scope;
import org.billingtakeover.trail.Trail;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What an auditor takes along: one case as evidence, or the cases of a firm and a period. The trail first says who took what. */
@Controller
class Downloads {

    /** A pack is held in memory until its digests are in the chain. */
    private static final int PACKS_AT_ONCE = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What the entry is called that says so. */
    static final String EXPORTED = "EVIDENCE_EXPORTED";

    private final WriteExport export;
    private final WriteTable table;
    private final MakeEvidence evidence;
    private final Takeovers takeovers;
    private final Accounts accounts;
    private final AuditedCases cases;
    private final Trail trail;
    private final Seals seals;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final FewAtOnce packs = new FewAtOnce(PACKS_AT_ONCE, PATIENCE);

    Downloads(
            WriteExport export,
            WriteTable table,
            MakeEvidence evidence,
            Takeovers takeovers,
            Accounts accounts,
            AuditedCases cases,
            Trail trail,
            Seals seals,
            TransactionTemplate transaction,
            Clock clock) {
        this.export = export;
        this.table = table;
        this.evidence = evidence;
        this.takeovers = takeovers;
        this.accounts = accounts;
        this.cases = cases;
        this.trail = trail;
        this.seals = seals;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** One case, whole: PDF, CSV, JSON. */
    @GetMapping("/audit/cases/{key}/evidence.zip")
    void evidence(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable String lang,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        auditorsOnly(staff);
        if (takeovers.find(new TakeoverKey(key)).isEmpty()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        boolean taken = packs.run(() -> {
            Map<String, byte[]> files = evidence.files(key, language(lang, locale), staff);
            send(response, "application/zip", key + ".zip");
            evidence.pack(key, files, staff, response.getOutputStream());
        });
        if (!taken) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(PATIENCE.toSeconds()));
            throw new ResponseStatusException(HttpStatus.TOO_MANY_REQUESTS);
        }
    }

    /**
     * Every case with an entry in a period, of one firm or all.
     *
     * @param from the first day, in the firm's time zone; in UTC for all firms
     * @param to the last day, likewise
     */
    @GetMapping("/audit/export")
    void export(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam String format,
            @RequestParam(required = false) @Nullable String firm,
            @RequestParam(required = false) @Nullable LocalDate from,
            @RequestParam(required = false) @Nullable LocalDate to,
            @RequestParam(required = false) @Nullable String lang,
            Locale locale,
            HttpServletResponse response)
            throws IOException {
        auditorsOnly(staff);
        boolean json = format.equals("json");
        if (!json && !format.equals("csv") || from != null && to != null && to.isBefore(from)) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST);
        }
        FirmId ofFirm = StringUtils.hasText(firm) ? new FirmId(firm) : null;
        ZoneId zone = ofFirm == null ? ZoneOffset.UTC : zoneOf(ofFirm);
        Scope scope = new Scope(
                null,
                ofFirm == null ? null : cases.ofFirm(ofFirm)::contains,
                from == null ? null : from.atStartOfDay(zone).toInstant(),
                to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant());
        record(staff, ofFirm, scope, format);
        seals.seal();
        String name = "audit-" + (ofFirm == null ? "" : ofFirm + "-") + (from == null ? "" : from + "-")
                + (to == null ? "" : to + "-") + LocalDate.ofInstant(clock.instant(), zone);
        if (json) {
            send(response, "application/json", name + ".json");
            Instant now = CanonicalJson.exact(clock.instant());
            export.asJson(scope, ofFirm, staff.id(), now, response.getOutputStream());
        } else {
            send(response, "text/csv; charset=UTF-8", name + ".csv");
            table.asCsv(scope, language(lang, locale), response.getOutputStream());
        }
    }

    private void record(StaffMember staff, @Nullable FirmId firm, Scope scope, String format) {
        Map<String, Object> content = new TreeMap<>();
        content.put("format", format);
        if (firm != null) {
            content.put("firm", firm.text());
        }
        if (scope.from() != null) {
            content.put("from", scope.from());
        }
        if (scope.until() != null) {
            content.put("until", scope.until());
        }
        transaction.executeWithoutResult(status -> trail.record(new Fact(Fact.PRODUCT, staff.id(), EXPORTED, content)));
    }

    private ZoneId zoneOf(FirmId firm) {
        try {
            return accounts.firm(firm).timeZone();
        } catch (NoSuchElementException e) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND, null, e);
        }
    }

    private static Language language(@Nullable String asked, Locale locale) {
        return Language.ofCode(asked).orElseGet(() -> Language.of(locale));
    }

    private static void send(HttpServletResponse response, String type, String name) {
        response.setContentType(type);
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment().filename(name).build().toString());
    }

    private static void auditorsOnly(StaffMember staff) {
        if (!staff.may(Right.READ_AUDIT)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}

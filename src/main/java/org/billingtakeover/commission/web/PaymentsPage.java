package org.billingtakeover.commission.web;

import de.siegmar.fastcsv.writer.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.billingtakeover.commission.Payments;
import org.billingtakeover.commission.PaymentsFile;
import org.billingtakeover.kernel.ListPage;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The payments file, to read and to take along. */
@Controller
class PaymentsPage {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final PaymentsFile file;
    private final Clock clock;

    PaymentsPage(PaymentsFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @GetMapping("/commissions/payments")
    String payments(
            @AuthenticationPrincipal StaffMember staff, @RequestParam(defaultValue = "1") int page, Model model) {
        refuseUnlessAllowed(staff);
        int count = file.count();
        ListPage shown = ListPage.of(count, page);
        model.addAttribute("count", count);
        model.addAttribute("page", shown);
        model.addAttribute("orders", file.orders(shown.offset(), ListPage.LENGTH));
        return "commission/payments";
    }

    /** Columns and amounts are written for machines, whoever opens it. */
    @GetMapping("/commissions/payments.csv")
    void download(@AuthenticationPrincipal StaffMember staff, HttpServletResponse response) throws IOException {
        refuseUnlessAllowed(staff);
        response.setContentType("text/csv; charset=UTF-8");
        response.setHeader(
                HttpHeaders.CONTENT_DISPOSITION,
                ContentDisposition.attachment()
                        .filename("payments-" + LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC) + ".csv")
                        .build()
                        .toString());
        Writer text = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8);
        // Spreadsheets take it for another character set without.
        text.write(BYTE_ORDER_MARK);
        CsvWriter csv = CsvWriter.builder().build(text);
        csv.writeRecord("key", "firm", "name", "amount", "currency", "date", "reference");
        file.forEach(order -> write(order, csv));
        csv.flush();
        text.flush();
    }

    private static void write(Payments.Order order, CsvWriter csv) {
        csv.writeRecord(
                cell(order.key().text()),
                cell(order.firm().text()),
                cell(order.name()),
                order.amount().amount().toPlainString(),
                order.amount().currency().getCurrencyCode(),
                order.day().toString(),
                cell(order.reference()));
    }

    /** A spreadsheet would run what begins like a formula. */
    private static String cell(String text) {
        return text.isEmpty() || "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }

    private static void refuseUnlessAllowed(StaffMember staff) {
        if (!staff.may(Right.SEE_PAYMENTS)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}

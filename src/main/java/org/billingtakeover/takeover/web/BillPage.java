package org.billingtakeover.takeover.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.billingtakeover.billing.BillsSentIn;
import org.billingtakeover.billing.BillsSentIn.Bill;
import org.billingtakeover.billing.BillsSentIn.Content;
import org.billingtakeover.billing.ChangeByHand;
import org.billingtakeover.billing.ChangeByHand.Step;
import org.billingtakeover.kernel.HarmlessText;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.CaseFiles;
import org.billingtakeover.takeover.MakeByHand;
import org.billingtakeover.takeover.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Bills that show what a firm has changed by hand: sent in by the firm, compared by billing operations. */
@Controller
class BillPage {

    private static final int LONGEST_NAME = 200;

    private final CaseFiles files;
    private final MakeByHand byHand;
    private final BillsSentIn bills;

    BillPage(CaseFiles files, MakeByHand byHand, BillsSentIn bills) {
        this.files = files;
        this.byHand = byHand;
        this.bills = bills;
    }

    @GetMapping("/cases/{key}/bill")
    String show(@AuthenticationPrincipal StaffMember staff, @PathVariable String key, Model model) {
        CaseFile file = visible(key, staff);
        ChangeByHand change = byHand.ofCase(file.key()).orElseThrow(ClientsPage::notFound);
        model.addAttribute("takeover", file.takeover());
        model.addAttribute("account", file.account());
        model.addAttribute("change", change);
        model.addAttribute("zone", change.order().zone());
        model.addAttribute("bills", bills.of(change.order().key()));
        model.addAttribute("maySendIn", change.step() == Step.MADE);
        return "takeover/bill";
    }

    @PostMapping("/cases/{key}/bill")
    String sendIn(
            @AuthenticationPrincipal StaffMember staff,
            @PathVariable String key,
            @RequestParam(required = false) @Nullable MultipartFile file,
            RedirectAttributes redirect)
            throws IOException {
        TakeoverKey found = visible(key, staff).key();
        try {
            byHand.sendIn(found, nameOf(file), file == null ? new byte[0] : file.getBytes(), staff.id());
            redirect.addFlashAttribute("done", "bill.sentIn");
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        return "redirect:/cases/" + found + (byHand.ofCase(found).isPresent() ? "/bill" : "");
    }

    private static String nameOf(@Nullable MultipartFile file) {
        String path = file == null ? "" : String.valueOf(file.getOriginalFilename());
        String name = HarmlessText.inOneLine(String.valueOf(StringUtils.getFilename(path.replace('\\', '/'))));
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    @GetMapping("/cases/{key}/bill/{id}")
    ResponseEntity<byte[]> download(
            @AuthenticationPrincipal StaffMember staff, @PathVariable String key, @PathVariable UUID id) {
        TakeoverKey found = visible(key, staff).key();
        Content content = bills.content(id)
                .filter(each -> each.bill().booking().takeover().equals(found))
                .orElseThrow(ClientsPage::notFound);
        Bill bill = content.bill();
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(bill.type().mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(bill.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .body(content.bytes());
    }

    private CaseFile visible(String key, StaffMember staff) {
        ClientsPage.refuseUnless(staff.may(Right.PROVE_CHANGES));
        return CasePage.visible(files, key, staff);
    }
}

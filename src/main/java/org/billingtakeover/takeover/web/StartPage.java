package org.billingtakeover.takeover.web;

import java.util.List;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.ClientSearch;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Tells in one screen what to do next. */
@Controller
class StartPage {

    private static final int MOST_URGENT = 3;

    /** Which are looked at for those: enough to find them behind cases that are under way, few enough for a page that everybody opens. */
    private static final int LOOKED_AT = 25;

    private final Accounts accounts;
    private final ClientRows rows;

    StartPage(Accounts accounts, ClientRows rows) {
        this.accounts = accounts;
        this.rows = rows;
    }

    @GetMapping("/")
    String start(@AuthenticationPrincipal @Nullable StaffMember staff, Model model) {
        boolean demo = Boolean.TRUE.equals(model.getAttribute("demo"));
        if (staff == null) {
            return demo ? "start" : "redirect:/sign-in";
        }
        FirmId firm = staff.firmId();
        model.addAttribute(
                "urgent",
                firm == null || staff.isOfNoFirm() || !staff.may(Right.OPEN_TAKEOVERS) ? List.of() : urgent(firm));
        return "start";
    }

    /** The clients of a firm for which it can do something before their integration stops, what stops soonest first. */
    private List<ClientRows.Row> urgent(FirmId firm) {
        ClientSearch split = new ClientSearch("", true, false, false, null);
        return rows.of(accounts.ofFirm(firm, split, 0, LOOKED_AT))
                .filter(row -> row.canOpen() && row.stopsOn() != null)
                .limit(MOST_URGENT)
                .toList();
    }
}

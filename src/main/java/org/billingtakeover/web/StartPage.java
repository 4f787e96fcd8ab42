package org.billingtakeover.web;

import org.billingtakeover.kernel.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Tells in one screen what to do next. */
@Controller
class StartPage {

    @GetMapping("/")
    String start(@AuthenticationPrincipal @Nullable StaffMember staff, Model model) {
        boolean demo = Boolean.TRUE.equals(model.getAttribute("demo"));
        return staff == null && !demo ? "redirect:/sign-in" : "start";
    }
}

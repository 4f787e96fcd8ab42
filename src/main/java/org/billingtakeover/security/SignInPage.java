package org.billingtakeover.security;

import java.util.List;
import org.billingtakeover.account.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** Where staff sign in. The demo offers its made-up people at a click. */
@Controller
class SignInPage {

    private final List<Staff.Person> people;

    SignInPage(Staff staff, Environment environment) {
        this.people = environment.acceptsProfiles(Profiles.of("demo")) ? staff.people() : List.of();
    }

    @GetMapping(WebSecurity.SIGN_IN)
    String signIn(@AuthenticationPrincipal @Nullable StaffMember staff, Model model) {
        if (staff != null) {
            return "redirect:/";
        }
        model.addAttribute("people", people);
        return "security/sign-in";
    }
}

package org.billingtakeover.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.StaffMember;
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
    private final List<IdentityProvider> providers;
    private final SignOut signOut;
    private final Accounts accounts;

    SignInPage(
            Staff staff, IdentityProvider.All providers, SignOut signOut, Accounts accounts, Environment environment) {
        this.people = environment.acceptsProfiles(Profiles.of("demo")) ? staff.people() : List.of();
        this.providers = providers.list();
        this.signOut = signOut;
        this.accounts = accounts;
    }

    @GetMapping(WebSecurity.SIGN_IN)
    String signIn(@AuthenticationPrincipal @Nullable StaffMember staff, Model model) {
        if (staff != null) {
            return "redirect:/";
        }
        model.addAttribute("people", people);
        model.addAttribute("providers", providers);
        model.addAttribute(
                "firms",
                accounts.firms().stream()
                        .collect(Collectors.toMap(firm -> firm.id().text(), Firm::name)));
        return "security/sign-in";
    }

    /** On the way to the provider: a form may not lead the browser to another host, a page that is shown may. */
    @GetMapping(WebSecurity.SIGNED_OUT)
    String signedOut(
            @AuthenticationPrincipal @Nullable StaffMember staff,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        Optional<URI> end = signOut.endAtProvider(request);
        if (staff != null || end.isEmpty()) {
            return "redirect:" + WebSecurity.SIGN_IN;
        }
        response.setHeader("Refresh", "0; url=" + end.get());
        model.addAttribute("end", end.get());
        return "security/signed-out";
    }
}

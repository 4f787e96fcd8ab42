package org.billingtakeover.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.StaffMember;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** What the frame of every page says and offers. */
@ControllerAdvice
class EveryPage {

    private final boolean demo;

    EveryPage(Environment environment) {
        this.demo = environment.acceptsProfiles(Profiles.of("demo"));
    }

    /** Amounts and dates in the page's language. */
    @ModelAttribute("words")
    InWords words(Locale locale) {
        return new InWords(Language.of(locale));
    }

    /** Who is signed in, if anybody. */
    @ModelAttribute("staff")
    @Nullable
    StaffMember staff(@AuthenticationPrincipal @Nullable StaffMember staff) {
        return staff;
    }

    @ModelAttribute("demo")
    boolean demo() {
        return demo;
    }

    /** This same page in the other language. */
    @ModelAttribute("inOtherLanguage")
    String inOtherLanguage(HttpServletRequest request, Locale locale) {
        String other = Language.of(locale) == Language.FR ? "en" : "fr";
        return ServletUriComponentsBuilder.fromRequest(request)
                .scheme(null)
                .host(null)
                .port(null)
                .replaceQueryParam(PageLanguage.CHOICE, other)
                .encode()
                .toUriString();
    }
}

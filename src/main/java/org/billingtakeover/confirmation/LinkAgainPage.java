package org.billingtakeover.confirmation;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.confirmation.ClientPages.Visit;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.takeover.SendLinkAgain;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Where a link is asked for once more. It goes by mail to whoever was asked, to nobody else; what the page says is the same whether there
 * was anything to send or not.
 */
@Controller
class LinkAgainPage {

    private final ClientPages pages;
    private final SendLinkAgain again;

    LinkAgainPage(ClientPages pages, SendLinkAgain again) {
        this.pages = pages;
        this.again = again;
    }

    @GetMapping("/answer/again")
    String form(
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        return page(lang, new Visit(http, response, model));
    }

    @PostMapping("/answer/again")
    String send(
            @RequestParam(required = false) @Nullable String lang,
            @RequestParam(defaultValue = "") String email,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        String address = email.strip();
        if (PrimaryAdmin.isAddress(address)) {
            again.forReaderOf(address);
            model.addAttribute("asked", true);
        } else {
            model.addAttribute("typed", email);
            model.addAttribute("fault", true);
            response.setStatus(HttpStatus.UNPROCESSABLE_ENTITY.value());
        }
        return page(lang, new Visit(http, response, model));
    }

    /** Somebody holds a link to a question that counts no more. */
    @PostMapping("/answer/{token}/again")
    String sendForLink(
            @PathVariable String token,
            @RequestParam(required = false) @Nullable String lang,
            HttpServletRequest http,
            HttpServletResponse response,
            Model model) {
        Visit visit = new Visit(http, response, model);
        Asked asked = pages.find(token).orElse(null);
        if (asked == null) {
            return pages.unknown(visit);
        }
        if (asked.mayAskForLink()) {
            again.forHolderOf(asked.question().id());
        }
        model.addAttribute("asked", true);
        return page(asked.language(lang).code(), visit);
    }

    private String page(@Nullable String lang, Visit visit) {
        pages.speak(
                Language.ofCode(lang)
                        .orElseGet(() -> Language.of(visit.request().getLocale())),
                visit);
        return "confirmation/again";
    }
}

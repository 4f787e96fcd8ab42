package org.billingtakeover.takeover;

import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.Mender;
import org.billingtakeover.billing.BillingPlatform.Preview;
import org.billingtakeover.billing.BillingPlatform.Rejection;
import org.billingtakeover.billing.Previews;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** What the platform says ahead of the change that a case is about, in the words of whoever reads it. */
@Component
public class PreviewInWords {

    private final Previews previews;
    private final MessageSource messages;

    PreviewInWords(Previews previews, MessageSource messages) {
        this.previews = previews;
        this.messages = messages;
    }

    /** For staff; empty where the case is about no change. */
    public Optional<String> toStaff(CaseFile file, Language language) {
        if (!file.isBeforeItsChange()) {
            return Optional.empty();
        }
        return Optional.of(previews.said(file.key())
                .map(said -> toStaff(said, new InWords(language), file))
                .orElseGet(() -> text("preview.notYet", language)));
    }

    private String toStaff(Previews.Said said, InWords words, CaseFile file) {
        Language language = words.language();
        String at = words.dateTime(said.at(), file.account().client().timeZone());
        if (said.preview() instanceof Preview.NotKnown) {
            return text("preview.NotKnown", language);
        }
        return said.preview()
                .refusal()
                .map(reason -> text(
                        "preview.Refuses",
                        language,
                        at,
                        text("problem." + reason, language),
                        text(
                                "preview.mend." + reason.mender(),
                                language,
                                reason.mender() == Mender.BILLING_OPERATIONS ? "" : text("mend." + reason, language))))
                .orElseGet(() -> text("preview.Accepts", language, at));
    }

    /** For the client: only what it alone can mend. */
    public Optional<String> toClient(CaseFile file, Language language) {
        return refusal(file)
                .filter(reason -> reason.mender() == Mender.CLIENT)
                .map(reason -> text("preview.own", language, text("mend." + reason, language)));
    }

    private Optional<Rejection> refusal(CaseFile file) {
        return previews.said(file.key()).flatMap(said -> said.preview().refusal());
    }

    private String text(String code, Language language, Object... arguments) {
        return messages.getMessage(code, arguments, language.locale());
    }
}

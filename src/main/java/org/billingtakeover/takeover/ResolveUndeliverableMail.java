package org.billingtakeover.takeover;

import java.util.List;
import java.util.UUID;
import org.billingtakeover.kernel.Actors;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.notification.Mails;
import org.billingtakeover.notification.Mails.SentMail;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What becomes of a mail whose recipient the mail server refused for good. */
@Component
public class ResolveUndeliverableMail {

    private final Mails mails;
    private final CaseFiles files;

    ResolveUndeliverableMail(Mails mails, CaseFiles files) {
        this.mails = mails;
        this.files = files;
    }

    /** Records the refusal in the case that the mail is about, if it is about one. */
    @Transactional
    public SentMail refused(UUID mailId) {
        SentMail mail = mails.find(mailId).orElseThrow();
        if (mail.about() instanceof TakeoverKey key) {
            CaseFile file = files.lock(key);
            files.turn(
                    file,
                    Actors.SYSTEM,
                    new Verdict.Allowed(file.state(), List.of(new Happening.MailUndeliverable(mail.kind()))));
        }
        return mail;
    }

    /**
     * Sends the mail once more to a corrected address.
     *
     * @throws Refusal {@code addressMissing} if the address is missing or cannot be used
     */
    @Transactional
    public void sendTo(UUID mailId, @Nullable String correctedEmail) {
        try {
            mails.redirect(mailId, correctedEmail == null ? "" : correctedEmail);
        } catch (IllegalArgumentException e) {
            throw new Refusal("addressMissing");
        }
    }
}

package org.billingtakeover.notification.mail;

import jakarta.mail.FetchProfile;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.UIDFolder;
import jakarta.mail.internet.MimeMessage;
import java.util.Properties;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Looks into the mailbox of the return address. A report on a mail of ours is marked as read; everything else is left as it was, unread,
 * for people, and looked at once by each start of a node.
 */
@Component
@ConditionalOnProperty("back-office.mail.bounces.host")
@EnableConfigurationProperties(BounceSettings.class)
class BounceMailbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BounceMailbox.class);
    private static final int LARGEST_REPORT = 2_000_000;
    private static final int MOST_AT_ONCE = 500;

    private final BounceSettings settings;
    private final TakeBounces bounces;

    /** Whoever comes while it is at work is not needed. */
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            task -> new Thread(task, "bounces"),
            new ThreadPoolExecutor.DiscardPolicy());

    /** Since the numbers of a folder count anew, they mean other mails. */
    private long numbersOf = -1;

    private long lookedAtUpTo;
    private boolean silent;

    BounceMailbox(BounceSettings settings, TakeBounces bounces) {
        this.settings = settings;
        this.bounces = bounces;
    }

    /** On a thread of its own: a server that hangs holds up nobody else's work. */
    @Scheduled(fixedDelayString = "${back-office.mail.bounces.looked-for-every}")
    void lookAside() {
        thread.execute(() -> {
            try {
                look();
            } catch (RuntimeException e) {
                LOG.error("The reports of mails that came back cannot be kept", e);
            }
        });
    }

    void look() {
        try (Store store = session().getStore(settings.tls() ? "imaps" : "imap")) {
            store.connect(
                    settings.host(), settings.port() == 0 ? -1 : settings.port(), settings.user(), settings.password());
            try (Folder folder = store.getFolder(settings.folder())) {
                folder.open(Folder.READ_WRITE);
                lookInto(folder, (UIDFolder) folder);
            }
            silent = false;
        } catch (MessagingException e) {
            if (!silent) {
                LOG.warn("{} cannot be read: {}", settings, e.getClass().getSimpleName());
            }
            silent = true;
        }
    }

    private Session session() {
        Properties properties = new Properties();
        for (String protocol : new String[] {"imap", "imaps"}) {
            properties.setProperty("mail." + protocol + ".connectiontimeout", "10000");
            properties.setProperty("mail." + protocol + ".timeout", "60000");
            properties.setProperty("mail." + protocol + ".ssl.checkserveridentity", "true");
            // Only looking at a mail does not make it a read one.
            properties.setProperty("mail." + protocol + ".peek", "true");
        }
        return Session.getInstance(properties);
    }

    private void lookInto(Folder folder, UIDFolder numbers) throws MessagingException {
        if (numbers.getUIDValidity() != numbersOf) {
            numbersOf = numbers.getUIDValidity();
            lookedAtUpTo = 0;
        }
        Message[] mails = numbers.getMessagesByUID(lookedAtUpTo + 1, UIDFolder.LASTUID);
        FetchProfile profile = new FetchProfile();
        profile.add(FetchProfile.Item.FLAGS);
        profile.add(FetchProfile.Item.CONTENT_INFO);
        profile.add(UIDFolder.FetchProfileItem.UID);
        folder.fetch(mails, profile);
        int taken = 0;
        for (Message mail : mails) {
            if (taken == MOST_AT_ONCE) {
                return;
            }
            // Where nothing is new, a server names the last one all the same.
            if (numbers.getUID(mail) <= lookedAtUpTo) {
                continue;
            }
            if (!mail.isSet(Flags.Flag.SEEN) && mail.getSize() <= LARGEST_REPORT) {
                taken++;
                if (bounces.take((MimeMessage) mail)) {
                    mail.setFlag(Flags.Flag.SEEN, true);
                }
            }
            lookedAtUpTo = numbers.getUID(mail);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

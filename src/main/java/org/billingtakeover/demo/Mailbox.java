package org.billingtakeover.demo;

import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.user.UserImpl;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Takes every mail that the product sends, whoever it is for, over SMTP, and keeps the newest in the data folder. A mail is accepted
 * only once it is kept.
 */
@Component
@Profile("demo")
final class Mailbox implements AutoCloseable {

    static final int MOST_KEPT = 500;
    static final String HOST = "127.0.0.1";

    private static final String FILE = ".eml";
    private static final Pattern HEAD = Pattern.compile("<head(\\s[^>]*)?>", Pattern.CASE_INSENSITIVE);

    private final Path folder;
    private final Clock clock;
    private final GreenMail server;

    /** By number, newest first. */
    private final NavigableMap<Long, Envelope> envelopes = new ConcurrentSkipListMap<>(Comparator.reverseOrder());

    /**
     * What the list tells of a mail.
     *
     * @param number the instant at which it came, in milliseconds
     */
    record Envelope(long number, String from, String to, String subject) {

        public Instant receivedAt() {
            return Instant.ofEpochMilli(number);
        }

        private boolean mentions(String text) {
            return (from + ' ' + to + ' ' + subject).toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
        }
    }

    Mailbox(DemoSettings settings, Clock clock) throws IOException, MessagingException {
        this.folder = Files.createDirectories(settings.dataFolder().resolve("mails"));
        this.clock = clock;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(FILE)).toList()) {
                String name = file.getFileName().toString();
                long number = Long.parseLong(name.substring(0, name.length() - FILE.length()));
                envelopes.put(number, envelope(number, read(file)));
            }
        }
        this.server = new GreenMail(new ServerSetup(0, HOST, ServerSetup.PROTOCOL_SMTP));
        server.start();
        server.getUserManager().setMessageDeliveryHandler((message, address) -> new Anybody());
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** The mails in which sender, recipient or subject contain {@code text}, newest first; blank for all. */
    List<Envelope> mails(String text) {
        return envelopes.values().stream()
                .filter(envelope -> envelope.mentions(text.strip()))
                .toList();
    }

    Optional<Envelope> mail(long number) {
        return Optional.ofNullable(envelopes.get(number));
    }

    /** The mail's page; its links open in the window around it. Empty for a mail without one. */
    Optional<String> html(long number) {
        return part(number, "text/html").map(Mailbox::withLinksToWholeWindow);
    }

    Optional<String> text(long number) {
        return part(number, "text/plain");
    }

    /** The report that this mail cannot be delivered after all; empty if it is no longer kept. */
    Optional<byte[]> report(long number) {
        if (!envelopes.containsKey(number)) {
            return Optional.empty();
        }
        try {
            return Optional.of(DeliveryReport.on(read(file(number))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException("The mail " + number + " cannot be read.", e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }

    private synchronized void keep(MimeMessage message) {
        try {
            long number = clock.millis();
            while (envelopes.containsKey(number)) {
                number++;
            }
            Path unfinished = folder.resolve(number + ".part");
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                message.writeTo(out);
            }
            Files.move(unfinished, file(number), StandardCopyOption.ATOMIC_MOVE);
            envelopes.put(number, envelope(number, message));
            while (envelopes.size() > MOST_KEPT) {
                Files.deleteIfExists(file(envelopes.lastKey()));
                envelopes.remove(envelopes.lastKey());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalArgumentException("Not a mail", e);
        }
    }

    private Path file(long number) {
        return folder.resolve(number + FILE);
    }

    private Optional<String> part(long number, String type) {
        if (!envelopes.containsKey(number)) {
            return Optional.empty();
        }
        try {
            return part(read(file(number)), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MessagingException e) {
            throw new IllegalStateException("The mail " + number + " cannot be read.", e);
        }
    }

    private static Optional<String> part(Part part, String type) throws IOException, MessagingException {
        if (part.isMimeType(type) && part.getContent() instanceof String text) {
            return Optional.of(text);
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart each = parts.getBodyPart(i);
                Optional<String> found = part(each, type);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private static MimeMessage read(Path file) throws IOException, MessagingException {
        try (InputStream in = Files.newInputStream(file)) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    private static Envelope envelope(long number, MimeMessage message) throws MessagingException {
        String subject = message.getSubject();
        return new Envelope(
                number,
                addresses(message.getFrom()),
                addresses(message.getAllRecipients()),
                subject == null ? "" : subject);
    }

    private static String addresses(Address @Nullable [] addresses) {
        return Stream.ofNullable(addresses)
                .flatMap(Stream::of)
                .map(Mailbox::shown)
                .collect(Collectors.joining(", "));
    }

    private static String shown(Address address) {
        return address instanceof InternetAddress person && person.getPersonal() != null
                ? person.getPersonal() + " <" + person.getAddress() + ">"
                : address.toString();
    }

    private static String withLinksToWholeWindow(String html) {
        String target = "<base target=\"_top\">";
        Matcher head = HEAD.matcher(html);
        return head.find() ? html.substring(0, head.end()) + target + html.substring(head.end()) : target + html;
    }

    /** Whoever a mail is for: it goes to the folder, and the server keeps nothing in memory. */
    private final class Anybody extends UserImpl {

        Anybody() {
            super("", "", "", server.getManagers().getImapHostManager());
        }

        @Override
        public void deliver(MovingMessage message) {
            keep(message.getMessage());
        }
    }
}

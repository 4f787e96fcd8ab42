package org.billingtakeover.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Tells the addresses of a firm from those of its clients: the client consents, never its firm. A firm's own are its address and its
 * staff's, compared without case and {@code +tag}, and all of its domain unless that is a public mail provider's.
 */
@Component
public class AddressesOfFirm {

    private final AddressesOfStaff staff;
    private final Set<String> publicProviders;

    public AddressesOfFirm(AddressesOfStaff staff) {
        this.staff = staff;
        this.publicProviders = read("account/public-mail-providers.txt");
    }

    /** Whether whoever reads mail at this address may be the firm itself. */
    public boolean owns(Firm firm, String email) {
        Mailbox mailbox = Mailbox.of(email);
        Mailbox own = Mailbox.of(firm.email());
        return mailbox.equals(own)
                || !publicProviders.contains(own.domain) && mailbox.isWithin(own.domain)
                || staff.of(firm.id()).stream().map(Mailbox::of).anyMatch(mailbox::equals);
    }

    private static Set<String> read(String resource) {
        try {
            return new ClassPathResource(resource)
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Mailbox(String name, String domain) {

        static Mailbox of(String email) {
            int at = email.lastIndexOf('@');
            String name = at < 0 ? email : email.substring(0, at);
            return new Mailbox(
                    name.strip().toLowerCase(Locale.ROOT).replaceFirst("(?<=.)\\+.*", ""),
                    at < 0 ? "" : ascii(email.substring(at + 1).strip()));
        }

        private static String ascii(String domain) {
            try {
                return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            } catch (IllegalArgumentException e) {
                return domain.toLowerCase(Locale.ROOT);
            }
        }

        boolean isWithin(String other) {
            return domain.equals(other) || domain.endsWith("." + other);
        }
    }
}

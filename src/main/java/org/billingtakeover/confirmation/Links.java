package org.billingtakeover.confirmation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.billingtakeover.notification.ConsentLinks;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Happening.Happened;
import org.billingtakeover.trail.Sha256;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes links and recognises them. A link's token is 256 bits that only the holder of the secret can work out from the request, so
 * that every mail about a request carries the same link although the database keeps nothing but a hash of it.
 */
@Component
class Links implements ConsentLinks {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST_SECRET = 32;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final SecretKeySpec secret;
    private final String pages;
    private final JdbcClient jdbc;

    /** @throws IllegalStateException if the secret is short enough to be guessed */
    Links(
            @Value("${back-office.link-secret}") String secret,
            @Value("${back-office.public-url}") String publicUrl,
            JdbcClient jdbc) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalStateException("back-office.link-secret is too short: it needs " + SHORTEST_SECRET
                    + " characters or more, taken at random.");
        }
        this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.pages = publicUrl.replaceFirst("/$", "") + "/answer/";
        this.jdbc = jdbc;
    }

    @Override
    public URI link(UUID consentRequest) {
        return URI.create(pages + token(consentRequest));
    }

    @EventListener
    @Transactional
    public void on(Happened happened) {
        if (happened.what() instanceof Happening.ClientAsked asked) {
            UUID question = asked.request().id();
            jdbc.sql("insert into consent_link (token_hash, request_id) values (?, ?)")
                    .params(Sha256.of(token(question)), question)
                    .update();
        }
    }

    /** The request that a token leads to; empty for anything that is not the token of a link that was sent. */
    Optional<UUID> find(String token) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        return jdbc.sql("select request_id from consent_link where token_hash = ?")
                .param(Sha256.of(token))
                .query(UUID.class)
                .optional();
    }

    /** The part of the link that makes it one. */
    String token(UUID request) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            byte[] bits = mac.doFinal(("consent-link:" + request).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }
}

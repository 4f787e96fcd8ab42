package org.billingtakeover.kernel;

import java.io.Serializable;
import java.util.UUID;

/** What a mail, a process or an entry of the trail is about: a case, a client that has none, or a firm. */
public sealed interface Subject extends Serializable permits TakeoverKey, ClientKey, FirmKey {

    /** How it is written wherever a text is kept. */
    String text();

    /** @throws IllegalArgumentException if {@code text} is the name of none */
    static Subject of(String text) {
        if (text.startsWith(FirmKey.PREFIX)) {
            return new FirmKey(new FirmId(text.substring(FirmKey.PREFIX.length())));
        }
        return text.startsWith(ClientKey.PREFIX)
                ? new ClientKey(UUID.fromString(text.substring(ClientKey.PREFIX.length())))
                : new TakeoverKey(text);
    }
}

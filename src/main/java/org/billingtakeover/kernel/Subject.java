package org.billingtakeover.kernel;

import java.io.Serializable;
import java.util.UUID;

/** What a mail, a process or an entry of the trail is about: a case, or a client that has none. */
public sealed interface Subject extends Serializable permits TakeoverKey, ClientKey {

    /** How it is written wherever a text is kept. */
    String text();

    /** @throws IllegalArgumentException if {@code text} is the name of neither */
    static Subject of(String text) {
        return text.startsWith(ClientKey.PREFIX)
                ? new ClientKey(UUID.fromString(text.substring(ClientKey.PREFIX.length())))
                : new TakeoverKey(text);
    }
}

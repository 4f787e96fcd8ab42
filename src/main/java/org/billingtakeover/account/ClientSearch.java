package org.billingtakeover.account;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of a firm's clients are meant.
 *
 * @param text a part of the name or company id, blank for all
 * @param split only those in a split arrangement
 * @param stopped only those whose integration has stopped
 * @param among only these; null for all
 */
public record ClientSearch(
        String text,
        boolean split,
        boolean stopped,
        @Nullable Set<UUID> among) {

    public static ClientSearch of(String text) {
        return new ClientSearch(text, false, false, null);
    }
}

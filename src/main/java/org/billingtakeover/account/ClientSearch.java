package org.billingtakeover.account;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which of a firm's clients are meant.
 *
 * @param text beginnings of words of the name or company id, blank for all
 * @param split only those in a split arrangement
 * @param stopped only those whose integration has stopped
 * @param notListed only those whom the firm's last whole list did not name
 * @param among only these; null for all
 */
public record ClientSearch(
        String text,
        boolean split,
        boolean stopped,
        boolean notListed,
        @Nullable Set<UUID> among) {

    public static ClientSearch of(String text) {
        return new ClientSearch(text, false, false, false, null);
    }
}

package org.billingtakeover.account;

import java.util.List;
import java.util.UUID;

/**
 * Something of a client has changed that a running case may depend on. Published inside the transaction that changes it.
 *
 * @param differences what of its subscriptions and taxes; nothing of people
 */
public record AccountChanged(UUID clientId, List<Difference> differences) {}

package org.billingtakeover.account;

import java.util.UUID;

/** An import changed something of a client that a running case may depend on. Published inside the importing transaction. */
public record AccountChanged(UUID clientId) {}

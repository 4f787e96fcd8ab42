package org.billingtakeover.account;

import java.util.UUID;

/**
 * What {@link AccountChanged} tells made somebody fail who follows the client. The change is kept nevertheless; this is published instead,
 * inside the importing transaction.
 */
public record AccountNotFollowed(UUID clientId) {}

package org.billingtakeover.takeover;

import java.util.UUID;

/** A client is asked. Published inside the asking transaction, before the mail with the link is posted. */
public record ConsentRequested(UUID requestId) {}

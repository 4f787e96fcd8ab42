package org.billingtakeover.account;

import java.util.List;
import java.util.UUID;

/**
 * One company for which firms name primary admins with different addresses.
 *
 * @param accounts of every firm that lists the company, in the order of listing
 * @param believed the client whose primary admin is asked and told
 */
public record Dispute(String companyId, List<Account> accounts, UUID believed) {}

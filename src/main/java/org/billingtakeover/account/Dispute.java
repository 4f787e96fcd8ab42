package org.billingtakeover.account;

import java.util.List;
import java.util.UUID;
import org.billingtakeover.kernel.CompanyId;

/**
 * One company for which firms name primary admins with different addresses.
 *
 * @param claims of every firm that lists the company, in the order of listing
 */
public record Dispute(CompanyId companyId, List<Claim> claims) {

    /**
     * What one firm says of the company.
     *
     * @param believed whether its primary admin is the one that is asked and told
     */
    public record Claim(UUID clientId, String firm, String client, PrimaryAdmin admin, boolean believed) {}
}

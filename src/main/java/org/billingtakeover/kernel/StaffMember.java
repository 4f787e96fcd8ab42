package org.billingtakeover.kernel;

import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is signed in.
 *
 * @param firmId the firm that they work for and whose clients alone they see; null for staff who serve every firm
 * @param rights those of all their roles
 */
public record StaffMember(String id, String name, @Nullable String firmId, Set<Right> rights) implements Serializable {

    /** Whether this person may see what belongs to {@code firmId}. */
    public boolean sees(String firm) {
        return firmId == null || firmId.equals(firm);
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }
}

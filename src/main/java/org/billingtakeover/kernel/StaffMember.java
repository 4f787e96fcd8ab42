package org.billingtakeover.kernel;

import java.io.Serializable;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is signed in.
 *
 * @param firmId the firm that they work for and whose clients alone they see, {@link #NO_FIRM} for none; null for staff who serve every firm
 * @param rights those of all their roles
 */
public record StaffMember(String id, String name, @Nullable FirmId firmId, Set<Right> rights) implements Serializable {

    public static final FirmId NO_FIRM = new FirmId("");

    /** What the security framework calls whoever is signed in, and a log may say. */
    @Override
    public String toString() {
        return id;
    }

    /** Whether this person may see what belongs to {@code firm}. */
    public boolean sees(FirmId firm) {
        return firmId == null || firmId.equals(firm);
    }

    /** Whether this person is to see the clients of a firm of theirs, and has none. */
    public boolean isOfNoFirm() {
        return NO_FIRM.equals(firmId);
    }

    public boolean may(Right right) {
        return rights.contains(right);
    }
}

package org.billingtakeover.lists;

import java.util.UUID;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.jspecify.annotations.Nullable;

/**
 * An import that somebody started on the page; only that person sees it.
 *
 * @param startedBy the user's id
 * @param list what the person said of the file and what it contains; null of an import by an earlier version
 * @param hasFile whether the file is still there
 */
public record StartedImport(
        UUID id,
        FirmId firmId,
        String startedBy,
        String fileName,
        boolean dryRun,
        @Nullable Upload list,
        boolean hasFile,
        State state) {

    /** @param sha256 of the file, as 64 hexadecimal digits */
    public record Upload(Claim claim, String sha256) {}

    /** Where an import stands. */
    public sealed interface State {

        default boolean isOver() {
            return true;
        }
    }

    /** Other imports come first. */
    public record Waiting() implements State {

        @Override
        public boolean isOver() {
            return false;
        }
    }

    public record Running(Progress progress) implements State {

        @Override
        public boolean isOver() {
            return false;
        }
    }

    public record Done(ImportResult result) implements State {}

    public record Unusable(UnusableAccountList reason) implements State {}

    /** Broke down half-way; what was stored until then is kept. */
    public record BrokenDown() implements State {}

    public boolean isVisibleTo(StaffMember staff) {
        return startedBy.equals(staff.id()) && staff.sees(firmId);
    }
}

package org.billingtakeover.lists.web;

import java.util.UUID;
import org.billingtakeover.account.Firm;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.lists.UnusableAccountList;

/** An import that somebody started on the page; only that person sees it. */
final class StartedImport {

    private final UUID id = UUID.randomUUID();
    private final String startedBy;
    private final Firm firm;
    private final String fileName;
    private final boolean dryRun;
    private volatile State state = new Waiting();

    StartedImport(StaffMember startedBy, Firm firm, String fileName, boolean dryRun) {
        this.startedBy = startedBy.id();
        this.firm = firm;
        this.fileName = fileName;
        this.dryRun = dryRun;
    }

    /** Where an import stands. */
    sealed interface State {

        default boolean isOver() {
            return true;
        }
    }

    /** Other imports come first. */
    record Waiting() implements State {

        @Override
        public boolean isOver() {
            return false;
        }
    }

    record Running(Progress progress) implements State {

        @Override
        public boolean isOver() {
            return false;
        }
    }

    record Done(ImportResult result) implements State {}

    record Unusable(UnusableAccountList reason) implements State {}

    /** Broke down half-way; what was stored until then is kept. */
    record BrokenDown() implements State {}

    String startedBy() {
        return startedBy;
    }

    boolean isVisibleTo(StaffMember staff) {
        return startedBy.equals(staff.id()) && staff.sees(firm.id());
    }

    UUID id() {
        return id;
    }

    Firm firm() {
        return firm;
    }

    String fileName() {
        return fileName;
    }

    boolean dryRun() {
        return dryRun;
    }

    State state() {
        return state;
    }

    void isNow(State now) {
        state = now;
    }
}

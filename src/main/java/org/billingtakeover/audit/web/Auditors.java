package org.billingtakeover.audit.web;

import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Who may read these pages. */
final class Auditors {

    private Auditors() {}

    /** @throws ResponseStatusException 403 for everybody else */
    static void only(StaffMember staff) {
        if (!staff.may(Right.READ_AUDIT)) {
            throw new ResponseStatusException(HttpStatus.FORBIDDEN);
        }
    }
}

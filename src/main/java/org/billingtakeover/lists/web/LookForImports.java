package org.billingtakeover.lists.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Has a node that serves pages run what waits; a command leaves it alone. */
@Component
@ConditionalOnWebApplication
class LookForImports {

    private final Imports imports;

    LookForImports(Imports imports) {
        this.imports = imports;
    }

    @Scheduled(fixedDelayString = "${back-office.imports.looked-for-every}")
    void look() {
        imports.lookForNext();
    }
}

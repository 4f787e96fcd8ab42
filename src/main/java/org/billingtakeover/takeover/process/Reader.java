package org.billingtakeover.takeover.process;

import org.billingtakeover.kernel.Language;
import org.springframework.context.i18n.LocaleContextHolder;

/** Who reads what the engine answers. */
final class Reader {

    private Reader() {}

    /** As chosen on our pages; before a choice, the browser's. */
    static Language language() {
        return Language.of(LocaleContextHolder.getLocale());
    }
}

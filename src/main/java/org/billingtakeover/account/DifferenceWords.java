package org.billingtakeover.account;

import java.time.LocalDate;
import java.util.Locale;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language what of an account differs. */
@Component
public class DifferenceWords {

    private final MessageSource messages;

    public DifferenceWords(MessageSource messages) {
        this.messages = messages;
    }

    /** What differs, from what to what. */
    public String sentence(Difference difference, Locale locale) {
        String column = difference.column();
        return messages.getMessage(
                "account.import.differs",
                new Object[] {
                    messages.getMessage("account.column." + column, null, locale),
                    told(column, difference.before(), locale),
                    told(column, difference.now(), locale)
                },
                locale);
    }

    private String told(String column, String value, Locale locale) {
        if (value.isEmpty()) {
            return messages.getMessage("account.told.nothing", null, locale);
        }
        return switch (column) {
            case "STOP_DATE", "TIME_RENEWAL_DATE" -> new InWords(Language.of(locale)).date(LocalDate.parse(value));
            case "ONLINE_PAYER", "TIME_PAYER" -> messages.getMessage("account.payer." + value, null, locale);
            case "LANGUAGE", "ONLINE_STATUS", "TIME_STATUS", "TIME_CYCLE", "TIME_IN_PAYROLL" ->
                messages.getMessage("account.told." + value, null, locale);
            default -> value;
        };
    }
}

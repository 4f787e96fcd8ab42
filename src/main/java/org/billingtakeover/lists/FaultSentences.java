package org.billingtakeover.lists;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/** Says in a person's language what is wrong with an account list and how to mend it. */
@Component
public class FaultSentences {

    private final MessageSource messages;

    FaultSentences(MessageSource messages) {
        this.messages = messages;
    }

    public String sentence(LineProblem problem, Locale locale) {
        return sentence(problem.fault(), problem.arguments(), locale);
    }

    public String sentence(UnusableAccountList unusable, Locale locale) {
        if (unusable.fault() == ListFault.MISSING_COLUMNS) {
            String headers = unusable.arguments().stream()
                    .map(column -> header(ListColumn.valueOf(column), locale))
                    .collect(Collectors.joining(", "));
            return sentence(unusable.fault(), List.of(headers), locale);
        }
        return sentence(unusable.fault(), unusable.arguments(), locale);
    }

    /** The header of a column as offices are shown it; a list may have other names for it. */
    public String header(ListColumn column, Locale locale) {
        return messages.getMessage("account.column." + column, null, locale);
    }

    private String sentence(ListFault fault, List<String> arguments, Locale locale) {
        return messages.getMessage("account.fault." + fault, arguments.toArray(), locale);
    }
}

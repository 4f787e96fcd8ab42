package org.billingtakeover.lists;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.billingtakeover.kernel.InWords;
import org.billingtakeover.kernel.Language;
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
        return sentence(problem.fault(), words(problem, locale), locale);
    }

    private List<String> words(LineProblem problem, Locale locale) {
        List<String> arguments = problem.arguments();
        return switch (problem.fault()) {
            case PAYER_CONTRADICTED, PAYER_CHANGED_SINCE, PAYER_CHANGED_EARLY ->
                List.of(
                        messages.getMessage("account.product." + arguments.get(0), null, locale),
                        messages.getMessage("account.payer." + arguments.get(1), null, locale),
                        date(arguments.get(2), locale));
            case STOP_DATE_PAST -> List.of(date(arguments.get(0), locale));
            default -> arguments;
        };
    }

    private static String date(String day, Locale locale) {
        return new InWords(Language.of(locale)).date(LocalDate.parse(day));
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

package org.billingtakeover.kernel;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * Writes amounts and dates as readers of one language expect them. Every pattern stands here, because those of the JDK differ from
 * one release to the next.
 */
public record InWords(Language language) {

    private static final char NO_BREAK_SPACE = '\u00a0';
    private static final char MINUS = '\u2212';

    /** {@code 1 234,56 $} with no-break spaces, or {@code $1,234.56}; US dollars are called so. */
    public String money(Money money) {
        return signed(money, money.amount().signum() < 0 ? String.valueOf(MINUS) : "");
    }

    /** An amount with its sign, also where it is more. */
    public String difference(Money money) {
        return money.isPositive() ? signed(money, "+") : money(money);
    }

    /** {@code 1er mars 2026}, or {@code March 1, 2026}. */
    public String date(LocalDate date) {
        return switch (language) {
            case FR ->
                (date.getDayOfMonth() == 1 ? "1er" : String.valueOf(date.getDayOfMonth()))
                        + DateTimeFormatter.ofPattern(" MMMM uuuu", language.locale())
                                .format(date);
            case EN ->
                DateTimeFormatter.ofPattern("MMMM d, uuuu", language.locale()).format(date);
        };
    }

    /** The date and, to the minute, the time of day in {@code zone}. */
    public String dateTime(Instant instant, ZoneId zone) {
        ZonedDateTime local = instant.atZone(zone);
        return date(local.toLocalDate()) + ", " + time(local.toLocalTime());
    }

    /** {@code 20 h 05} with no-break spaces, or {@code 8:05 p.m.} */
    public String time(LocalTime local) {
        return switch (language) {
            case FR -> DateTimeFormatter.ofPattern("H'\u00a0h\u00a0'mm").format(local);
            case EN -> DateTimeFormatter.ofPattern("h:mm").format(local) + (local.getHour() < 12 ? " a.m." : " p.m.");
        };
    }

    private String signed(Money money, String sign) {
        String digits = digits(money);
        return switch (language) {
            case FR -> sign + digits + NO_BREAK_SPACE + currency(money);
            case EN -> sign + currency(money) + digits;
        };
    }

    private String digits(Money money) {
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(language.locale());
        symbols.setGroupingSeparator(language == Language.FR ? NO_BREAK_SPACE : ',');
        symbols.setDecimalSeparator(language == Language.FR ? ',' : '.');
        return new DecimalFormat("#,##0.00", symbols).format(money.amount().abs());
    }

    private String currency(Money money) {
        return switch (money.currency().getCurrencyCode()) {
            case "CAD" -> "$";
            case "USD" -> language == Language.FR ? "$" + NO_BREAK_SPACE + "US" : "US$";
            default -> money.currency().getCurrencyCode() + (language == Language.FR ? "" : NO_BREAK_SPACE);
        };
    }
}

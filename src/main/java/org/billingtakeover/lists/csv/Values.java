package org.billingtakeover.lists.csv;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.IDN;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.lists.ListFault;

/** What the text of a cell means. Where two readings are possible, neither is guessed. Each method throws {@link Misread}. */
final class Values {

    private static final int LONGEST = 200;
    private static final Pattern ROUNDED = Pattern.compile("\\d+([.,]\\d+)?E\\+?\\d+", Pattern.CASE_INSENSITIVE);

    private static final Pattern YEAR_FIRST =
            Pattern.compile("(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})([T ]0?0:00(:00)?)?");
    private static final Pattern YEAR_LAST =
            Pattern.compile("(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})([T ]0?0:00(:00)?)?");
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2099;

    private static final int LONGEST_NUMBER = 20;
    private static final Pattern FRENCH_NUMBER = Pattern.compile("(\\d+|\\d{1,3}([ .]\\d{3})+)(,\\d+)?");
    private static final Pattern ENGLISH_NUMBER = Pattern.compile("(\\d+|\\d{1,3}([ ,]\\d{3})+)(\\.\\d+)?");

    private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("9999999.99");

    private static final Set<String> CURRENCIES = Set.of("CAD", "USD");

    /** By their names in small letters. A mere offset such as UTC-5 does not know daylight saving. */
    private static final Map<String, ZoneId> ZONES = ZoneId.getAvailableZoneIds().stream()
            .filter(zone -> zone.contains("/"))
            .collect(Collectors.toMap(zone -> zone.toLowerCase(Locale.ROOT), ZoneId::of));

    private Values() {}

    static String text(String value) {
        if (value.length() > LONGEST) {
            throw new Misread(ListFault.TOO_LONG, LONGEST);
        }
        return value;
    }

    static CompanyId companyId(String value) {
        // Spreadsheets round long numbers: the digits behind are lost, and two companies may look like one.
        if (ROUNDED.matcher(value).matches()) {
            throw new Misread(ListFault.ID_ROUNDED);
        }
        CompanyId id = CompanyId.listed(text(value));
        if (id.text().indexOf('"') >= 0) {
            throw new Misread(ListFault.BROKEN_OFF);
        }
        return id;
    }

    /** A domain with accents becomes the one that mail servers know it by. */
    static String email(String value) {
        String email = value;
        int at = value.lastIndexOf('@');
        if (at >= 0 && value.codePoints().skip(at).anyMatch(sign -> sign > 127)) {
            try {
                email = value.substring(0, at + 1) + IDN.toASCII(value.substring(at + 1), IDN.USE_STD3_ASCII_RULES);
            } catch (IllegalArgumentException e) {
                throw new Misread(ListFault.NOT_AN_EMAIL);
            }
        }
        if (!PrimaryAdmin.isAddress(email)) {
            throw new Misread(ListFault.NOT_AN_EMAIL);
        }
        return email;
    }

    static String country(String value) {
        return Regions.country(value).orElseThrow(() -> new Misread(ListFault.NOT_A_COUNTRY));
    }

    static String province(String country, String value) {
        if (!Regions.knowsRegionsOf(country)) {
            return text(value);
        }
        return Regions.region(country, value)
                .orElseThrow(() -> new Misread(ListFault.NOT_A_PROVINCE, country))
                .code();
    }

    static ZoneId timeZone(String value) {
        return Optional.ofNullable(ZONES.get(value.replace(' ', '_').toLowerCase(Locale.ROOT)))
                .orElseThrow(() -> new Misread(ListFault.NOT_A_TIME_ZONE));
    }

    static Currency currency(String value) {
        return Optional.of(value.toUpperCase(Locale.ROOT))
                .filter(CURRENCIES::contains)
                .map(Currency::getInstance)
                .orElseThrow(() -> new Misread(ListFault.NOT_A_CURRENCY));
    }

    static String plan(String value) {
        if (Words.NO_PRODUCT.meaning(value).isPresent()) {
            throw new Misread(ListFault.NO_PLAN_BUT_MORE);
        }
        return Words.PLANS.meaning(value).orElseGet(() -> text(value));
    }

    static <T> Function<String, T> oneOf(Words<T> words, ListFault otherwise) {
        return value -> words.meaning(value).orElseThrow(() -> new Misread(otherwise));
    }

    /** A date with the year first, or one whose day and month cannot be mistaken for each other. */
    static LocalDate date(String value) {
        Set<LocalDate> readings = new TreeSet<>();
        Matcher yearFirst = YEAR_FIRST.matcher(value);
        if (yearFirst.matches()) {
            addDate(readings, yearFirst.group(1), yearFirst.group(2), yearFirst.group(3));
        }
        Matcher yearLast = YEAR_LAST.matcher(value);
        if (yearLast.matches()) {
            addDate(readings, yearLast.group(3), yearLast.group(2), yearLast.group(1));
            addDate(readings, yearLast.group(3), yearLast.group(1), yearLast.group(2));
        }
        return only(readings, ListFault.NOT_A_DATE, ListFault.AMBIGUOUS_DATE);
    }

    private static void addDate(Set<LocalDate> readings, String year, String month, String day) {
        try {
            LocalDate date = LocalDate.of(Integer.parseInt(year), Integer.parseInt(month), Integer.parseInt(day));
            if (date.getYear() >= FIRST_YEAR && date.getYear() <= LAST_YEAR) {
                readings.add(date);
            }
        } catch (DateTimeException e) {
            // No such day in the calendar, so this is not how it was meant.
        }
    }

    /** A whole number in a range; decimals, if written at all, are zero. */
    static Function<String, Integer> number(int from, int to) {
        return value -> {
            Set<BigInteger> readings = new TreeSet<>();
            boolean french = FRENCH_NUMBER.matcher(value).matches();
            boolean english = ENGLISH_NUMBER.matcher(value).matches();
            // To read a number of thousands of digits takes seconds.
            if ((french || english) && value.length() > LONGEST_NUMBER) {
                throw new Misread(ListFault.OUT_OF_RANGE, from, to);
            }
            if (french) {
                addNumber(readings, value.replace(".", "").replace(',', '.'));
            }
            if (english) {
                addNumber(readings, value.replace(",", ""));
            }
            BigInteger number = only(readings, ListFault.NOT_A_WHOLE_NUMBER, ListFault.AMBIGUOUS_NUMBER);
            if (number.compareTo(BigInteger.valueOf(from)) < 0 || number.compareTo(BigInteger.valueOf(to)) > 0) {
                throw new Misread(ListFault.OUT_OF_RANGE, from, to);
            }
            return number.intValueExact();
        };
    }

    /** An amount of money of 0 or more, to the cent; a dollar sign may stand beside it. */
    static BigDecimal amount(String value) {
        String digits = value.replaceFirst("^\\$ ?| ?\\$$", "");
        if (digits.length() > LONGEST_NUMBER) {
            throw new Misread(ListFault.NOT_AN_AMOUNT);
        }
        Set<BigDecimal> readings = new TreeSet<>();
        if (FRENCH_NUMBER.matcher(digits).matches()) {
            addAmount(readings, digits.replace(".", "").replace(',', '.'));
        }
        if (ENGLISH_NUMBER.matcher(digits).matches()) {
            addAmount(readings, digits.replace(",", ""));
        }
        return only(readings, ListFault.NOT_AN_AMOUNT, ListFault.AMBIGUOUS_NUMBER);
    }

    private static void addAmount(Set<BigDecimal> readings, String digits) {
        BigDecimal amount = new BigDecimal(digits.replace(" ", ""));
        if (amount.stripTrailingZeros().scale() <= 2 && amount.compareTo(LARGEST_AMOUNT) <= 0) {
            readings.add(amount.setScale(2));
        }
    }

    private static void addNumber(Set<BigInteger> readings, String digits) {
        BigDecimal number = new BigDecimal(digits.replace(" ", ""));
        if (number.stripTrailingZeros().scale() <= 0) {
            readings.add(number.toBigIntegerExact());
        }
    }

    private static <T> T only(Set<T> readings, ListFault none, ListFault several) {
        if (readings.isEmpty()) {
            throw new Misread(none);
        }
        if (readings.size() > 1) {
            throw new Misread(several, readings.toArray());
        }
        return readings.iterator().next();
    }
}

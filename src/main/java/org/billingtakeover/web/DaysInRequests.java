package org.billingtakeover.web;

import java.time.LocalDate;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.format.FormatterRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** A day in a request is one that the database knows and a file can be named after; an empty field is none. */
@Configuration(proxyBeanMethods = false)
class DaysInRequests implements WebMvcConfigurer {

    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 2200;

    @Override
    public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(String.class, LocalDate.class, new Day());
    }

    private static final class Day implements Converter<String, LocalDate> {

        @Override
        @SuppressWarnings("NullAway") // A converter may give null.
        public LocalDate convert(String text) {
            if (text.isBlank()) {
                return null;
            }
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR) {
                throw new IllegalArgumentException("No day from %d to %d".formatted(FIRST_YEAR, LAST_YEAR));
            }
            return day;
        }
    }
}

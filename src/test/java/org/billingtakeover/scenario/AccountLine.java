package org.billingtakeover.scenario;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** One client in an account list. By default: split, eligible, in Québec, English-speaking, billed on the 15th. */
final class AccountLine {

    private static final AtomicInteger NUMBER = new AtomicInteger(1000);

    private final Map<String, String> values = new LinkedHashMap<>();

    private AccountLine() {
        String number = String.valueOf(NUMBER.incrementAndGet());
        with("Company ID", number);
        with("Company name", "Client " + number);
        with("Primary admin", "Alex Admin " + number);
        with("Admin email", "admin" + number + "@example.com");
        with("Language", "English");
        with("Country", "CA");
        with("Province", "ON");
        with("Time zone", "America/Toronto");
        with("Currency", "CAD");
        with("QBO plan", "Plus");
        with("QBO payer", "Firm");
        with("QBO billing day", "12");
        with("QBO status", "Active");
        with("Time plan", "Premium");
        with("Time users", "10");
        with("Time payer", "Client");
        with("Time cycle", "Monthly");
        with("Time renewal date", "");
        with("Time billing day", "15");
        with("Time status", "Active");
        with("Time in payroll", "No");
        with("Stop date", "");
    }

    static AccountLine split() {
        return new AccountLine();
    }

    AccountLine with(String column, String value) {
        values.put(column, value);
        return this;
    }

    AccountLine billedOn(int day) {
        // Never the day of Time: whoever mixes the two up is caught.
        return with("QBO billing day", String.valueOf(day % 28 + 1)).with("Time billing day", String.valueOf(day));
    }

    AccountLine stoppingOn(LocalDate date) {
        return with("Stop date", date.toString());
    }

    String companyId() {
        return values.get("Company ID");
    }

    String email() {
        return values.get("Admin email");
    }

    String asFile() {
        return String.join(",", values.keySet()) + "\n"
                + values.values().stream().map(value -> '"' + value + '"').collect(Collectors.joining(","))
                + "\n";
    }
}

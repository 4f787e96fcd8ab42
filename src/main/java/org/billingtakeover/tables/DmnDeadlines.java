package org.billingtakeover.tables;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.billingtakeover.tables.DecisionTables.Row;
import org.billingtakeover.takeover.Deadlines;
import org.springframework.stereotype.Component;

@Component
class DmnDeadlines implements Deadlines {

    static final String TABLE = "deadlines";

    private final DecisionTables tables;

    DmnDeadlines(DecisionTables tables) {
        this.tables = tables;
    }

    @Override
    public Allowance of(Step step, LocalDate on) {
        Row row = tables.row(TABLE, Map.of("step", step.name(), "on", on));
        int days = parse(String.valueOf(row.cells().get("days")));
        if (days == 0) {
            throw row.unusable("days", "a whole number of days above 0");
        }
        return new Allowance(days, reminderDays(row));
    }

    private static List<Integer> reminderDays(Row row) {
        String written = row.text("reminderDays").strip();
        List<Integer> reminderDays = new ArrayList<>();
        int last = 0;
        for (String each : written.isEmpty() ? new String[0] : written.split(",", -1)) {
            int day = parse(each.strip());
            if (day <= last) {
                throw row.unusable(
                        "reminderDays", "days in ascending order and separated by commas, such as \"3, 7\",");
            }
            reminderDays.add(day);
            last = day;
        }
        return List.copyOf(reminderDays);
    }

    /** 0, which no row may say, for anything but a plain number. */
    private static int parse(String day) {
        return day.matches("\\d{1,4}") ? Integer.parseInt(day) : 0;
    }
}

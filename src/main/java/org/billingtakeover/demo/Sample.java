package org.billingtakeover.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.lists.AccountList;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ImportAccountList;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.lists.UnusableAccountList;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives each firm of the demo its made-up clients at the first start, by the same import that an office uses. The lists tell days
 * from that start on, so that they never grow old: {@code {date+12}} is the date in twelve days, {@code {day+12}} its day of the month.
 * A billing day that would be the firm's own bill date, on which nothing can be switched, is the day after.
 */
@Component
@Profile("demo")
class Sample {

    private static final Pattern DAY = Pattern.compile("\\{(date|day)\\+(\\d+)}");

    private final ImportAccountList importList;
    private final Accounts accounts;
    private final Clock clock;
    private final TransactionTemplate transactions;

    Sample(
            ImportAccountList importList,
            Accounts accounts,
            Clock clock,
            PlatformTransactionManager transactionManager) {
        this.importList = importList;
        this.accounts = accounts;
        this.clock = clock;
        this.transactions = new TransactionTemplate(transactionManager);
    }

    /** Takes a second or so, and so keeps nothing from starting. Firms that have clients, or no list, are left as they are. */
    @EventListener(ApplicationStartedEvent.class)
    @Order(20)
    void load() {
        for (Firm firm : accounts.firms()) {
            ClassPathResource list = new ClassPathResource("demo/accounts-" + firm.id() + ".csv");
            if (list.exists() && accounts.countOfFirm(firm.id(), "") == 0) {
                // All or nothing, so that a start that was cut off begins anew.
                transactions.executeWithoutResult(status -> load(firm, list));
            }
        }
    }

    private void load(Firm firm, ClassPathResource list) {
        LocalDate today = LocalDate.now(clock.withZone(firm.timeZone()));
        ImportResult result = imported(firm, today, withDaysFrom(today, firm, text(list)));
        if (result.hasBadLines()) {
            throw new IllegalStateException(list.getPath() + " has bad lines: " + result.problems());
        }
    }

    private ImportResult imported(Firm firm, LocalDate today, String list) {
        byte[] bytes = list.getBytes(StandardCharsets.UTF_8);
        try {
            return importList.run(
                    firm.id(), AccountList.of(bytes), new Claim(today, true), false, "demo", (progress, soFar) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (UnusableAccountList e) {
            throw new IllegalStateException("The sample list of " + firm.id() + " cannot be used.", e);
        }
    }

    private static String withDaysFrom(LocalDate today, Firm firm, String list) {
        return DAY.matcher(list).replaceAll(each -> {
            LocalDate date = today.plusDays(Integer.parseInt(each.group(2)));
            return each.group(1).equals("date") ? date.toString() : String.valueOf(billingDay(date, firm));
        });
    }

    private static int billingDay(LocalDate date, Firm firm) {
        LocalDate day =
                date.getDayOfMonth() == Math.min(firm.billDay(), date.lengthOfMonth()) ? date.plusDays(1) : date;
        return day.getDayOfMonth();
    }

    private static String text(ClassPathResource list) {
        try (InputStream in = list.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.billingtakeover.billing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.time.api.DateTimes;
import net.jqwik.time.api.Dates;
import org.billingtakeover.account.BillingCycle;
import org.billingtakeover.account.PriceBasis;
import org.billingtakeover.account.Subscription;
import org.billingtakeover.account.SubscriptionStatus;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.kernel.Product;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BillingDatesTest {

    @DisplayName("S35 a billing day that a month lacks falls on its last day and returns to its own day afterwards")
    @ParameterizedTest(name = "day {0}, after {1}: {2}")
    @CsvSource({
        "31, 2026-01-31, 2026-02-28",
        "31, 2026-02-28, 2026-03-31",
        "31, 2026-03-31, 2026-04-30",
        "31, 2026-04-30, 2026-05-31",
        "30, 2026-02-27, 2026-02-28",
        "30, 2026-02-28, 2026-03-30",
        "29, 2026-02-28, 2026-03-29",
        "29, 2028-02-28, 2028-02-29",
        "31, 2028-01-31, 2028-02-29",
        "31, 2026-12-31, 2027-01-31",
        "20, 2026-03-19, 2026-03-20",
    })
    void aDayThatAMonthLacks(int billingDay, LocalDate today, LocalDate expected) {
        assertThat(BillingDates.next(billingDay, today)).isEqualTo(expected);
    }

    @Property
    @Label(
            "S35 every month has exactly one billing date: the billing day, or the last day of a month that is too short")
    void everyMonthHasOneBillingDate(
            @ForAll @IntRange(min = 1, max = 31) int billingDay, @ForAll("days") LocalDate today) {
        YearMonth month = YearMonth.from(today);
        LocalDate date = today;
        for (LocalDate expected : Stream.iterate(month, each -> each.plusMonths(1))
                .limit(14)
                .map(each -> each.atDay(Math.min(billingDay, each.lengthOfMonth())))
                .filter(each -> each.isAfter(today))
                .toList()) {
            date = BillingDates.next(billingDay, date);
            assertThat(date).isEqualTo(expected);
        }
    }

    @Property
    @Label("S37 on a billing date itself, the following one applies, a month later")
    void onABillingDateTheFollowingOneApplies(
            @ForAll @IntRange(min = 1, max = 31) int billingDay, @ForAll("days") LocalDate someDay) {
        LocalDate billingDate = BillingDates.next(billingDay, someDay);

        assertThat(YearMonth.from(BillingDates.next(billingDay, billingDate)))
                .isEqualTo(YearMonth.from(billingDate).plusMonths(1));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-09-15, 2026-03-02, 2026-09-15",
        "2026-09-15, 2026-09-15, 2027-09-15",
        "2023-09-15, 2026-03-02, 2026-09-15",
        "2024-02-29, 2026-03-02, 2027-02-28",
        "2024-02-29, 2027-03-02, 2028-02-29",
    })
    void anAnnualPlanIsBilledAtItsRenewalAndThenEveryYear(LocalDate renewal, LocalDate today, LocalDate expected) {
        assertThat(BillingDates.next(subscription(BillingCycle.ANNUAL, renewal), today))
                .isEqualTo(expected);
    }

    @Test
    void aMonthlyPlanIsBilledOnItsBillingDay() {
        assertThat(BillingDates.next(subscription(BillingCycle.MONTHLY, null), LocalDate.of(2026, 3, 2)))
                .isEqualTo(LocalDate.of(2026, 3, 20));
    }

    @DisplayName("S36 a billing date begins at the client's own midnight, or after the gap where clocks skip midnight")
    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource({
        "America/Vancouver, 2026-03-08, 2026-03-08T08:00:00Z",
        "America/Vancouver, 2026-03-09, 2026-03-09T07:00:00Z",
        "America/Vancouver, 2025-11-02, 2025-11-02T07:00:00Z",
        "America/Vancouver, 2025-11-03, 2025-11-03T08:00:00Z",
        "America/Toronto, 2026-03-09, 2026-03-09T04:00:00Z",
        "America/Halifax, 2026-03-08, 2026-03-08T04:00:00Z",
        "America/St_Johns, 2026-03-08, 2026-03-08T03:30:00Z",
        "America/St_Johns, 2026-03-09, 2026-03-09T02:30:00Z",
        "America/Havana, 2025-03-09, 2025-03-09T05:00:00Z",
        "America/Sao_Paulo, 2018-11-04, 2018-11-04T03:00:00Z",
        "Asia/Beirut, 2025-03-30, 2025-03-29T22:00:00Z",
    })
    void aBillingDateBeginsAtTheClientsMidnight(ZoneId zone, LocalDate date, Instant expected) {
        assertThat(BillingDates.startOf(date, zone)).isEqualTo(expected);
    }

    @Property
    @Label(
            "S36 the switch is due at the first instant of the billing date where the client is, whenever the clocks change")
    void theSwitchIsDueAtTheFirstInstantOfTheLocalDate(@ForAll("zones") ZoneId zone, @ForAll("days") LocalDate date) {
        assertBeginsWithItsStart(date, zone);
        ZoneOffsetTransition change =
                zone.getRules().nextTransition(date.atStartOfDay(zone).toInstant());
        if (change != null) {
            assertBeginsWithItsStart(LocalDate.ofInstant(change.getInstant(), zone), zone);
        }
    }

    private static void assertBeginsWithItsStart(LocalDate date, ZoneId zone) {
        Instant start = BillingDates.startOf(date, zone);

        assertThat(LocalDate.ofInstant(start, zone)).isEqualTo(date);
        assertThat(LocalDate.ofInstant(start.minusNanos(1), zone)).isEqualTo(date.minusDays(1));
    }

    @Property
    @Label("S37 the switch is never due in the past, and not later than the longest month away")
    void theSwitchIsNeverDueInThePast(
            @ForAll("zones") ZoneId zone,
            @ForAll("instants") Instant now,
            @ForAll @IntRange(min = 1, max = 31) int billingDay) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        LocalDate billingDate = BillingDates.next(billingDay, today);

        assertThat(BillingDates.startOf(billingDate, zone)).isAfter(now);
        assertThat(billingDate).isBeforeOrEqualTo(today.plusDays(31));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "America/Vancouver",
                        "America/Toronto",
                        "America/Halifax",
                        "America/St_Johns",
                        "America/Regina",
                        "America/Havana",
                        "America/Santiago",
                        "Asia/Beirut",
                        "Africa/Cairo",
                        "UTC")
                .map(ZoneId::of);
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Dates.dates().between(LocalDate.of(2024, 1, 1), LocalDate.of(2033, 12, 31));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return DateTimes.instants()
                .between(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2033-12-31T00:00:00Z"));
    }

    private static Subscription subscription(BillingCycle cycle, @Nullable LocalDate renewal) {
        UUID id = UUID.randomUUID();
        return new Subscription(
                id,
                id,
                Product.QUICKBOOKS_TIME,
                "PREMIUM",
                8,
                Payer.CLIENT,
                PriceBasis.LIST,
                cycle,
                20,
                renewal,
                false,
                SubscriptionStatus.ACTIVE);
    }
}

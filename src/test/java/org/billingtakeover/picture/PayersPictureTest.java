package org.billingtakeover.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Payer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The picture of a client's payers")
class PayersPictureTest {

    @Test
    @DisplayName("shows one payer after the other, with the exact dates")
    void onePayer() {
        assertThat(draw(period(Payer.CLIENT, "2026-01-05", "2026-03-15"), period(Payer.FIRM, "2026-03-15", null)))
                .contains("2026-01-05", "2026-03-15", ">CLIENT<", ">FIRM<")
                .doesNotContain("data-state=\"nobody\"", "data-state=\"twice\"");
    }

    @Test
    @DisplayName("shows days that nobody pays for")
    void gap() {
        assertThat(draw(period(Payer.CLIENT, "2026-01-05", "2026-03-01"), period(Payer.FIRM, "2026-03-15", null)))
                .contains("data-state=\"nobody\"", "2026-03-01", "2026-03-15")
                .doesNotContain("data-state=\"twice\"");
    }

    @Test
    @DisplayName("shows days that two pay for, even the same one twice")
    void overlap() {
        assertThat(draw(period(Payer.CLIENT, "2026-01-05", "2026-03-20"), period(Payer.FIRM, "2026-03-15", null)))
                .contains("data-state=\"twice\"", "2026-03-15", "2026-03-20")
                .doesNotContain("data-state=\"nobody\"");
        assertThat(draw(period(Payer.FIRM, "2026-01-05", null), period(Payer.FIRM, "2026-03-15", null)))
                .contains("data-state=\"twice\"");
    }

    @Test
    @DisplayName("shows a firm that follows another firm as one payer going on")
    void otherFirm() {
        assertThat(PayersPicture.stretches(List.of(
                        period(Payer.FIRM, "2026-01-05", "2026-03-15"), period(Payer.FIRM, "2026-03-15", null))))
                .containsExactly(new PayersPicture.Stretch(List.of(Payer.FIRM), LocalDate.of(2026, 1, 5), null));
    }

    @Test
    @DisplayName("draws nothing where nothing is known")
    void unknown() {
        assertThat(draw()).contains("QuickBooks Time").doesNotContain("data-state");
    }

    private static String draw(PayerPeriod... periods) {
        return PayersPicture.draw(
                Map.of("QuickBooks Time", List.of(periods)),
                LocalDate.of(2026, 4, 1),
                new PayersPicture.Words("Payers", Payer::name, "nobody", "two", LocalDate::toString));
    }

    private static PayerPeriod period(Payer payer, String from, @Nullable String until) {
        return new PayerPeriod(
                payer, new FirmId("F-1"), LocalDate.parse(from), until == null ? null : LocalDate.parse(until));
    }
}

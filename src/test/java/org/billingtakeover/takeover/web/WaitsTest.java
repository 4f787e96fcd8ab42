package org.billingtakeover.takeover.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Acknowledgement;
import org.billingtakeover.takeover.CaseEvents.CaseEvent;
import org.billingtakeover.takeover.Change;
import org.billingtakeover.takeover.Happening;
import org.billingtakeover.takeover.Offer;
import org.billingtakeover.takeover.Outcome;
import org.billingtakeover.takeover.State;
import org.billingtakeover.takeover.Takeover;
import org.billingtakeover.takeover.Way;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

@DisplayName("The sentence of a case")
class WaitsTest {

    private static final Instant OPENED = Instant.parse("2026-03-02T15:00:00Z");
    private static final Instant DUE = Instant.parse("2026-03-16T04:00:00Z");
    private static final LocalDate BILLING_DATE = LocalDate.of(2026, 3, 28);
    private static final QuoteNumber QUOTE = new QuoteNumber("Q-2026-00001");
    private static final Offer.FirmTakesTime FIRM =
            new Offer.FirmTakesTime(QUOTE, new Acknowledgement("alice", OPENED));
    private static final Offer.ClientTakesOnline CLIENT = new Offer.ClientTakesOnline(QUOTE);
    private static final Change CHANGE = new Change(FIRM, QUOTE, BILLING_DATE);

    static Stream<State> states() {
        return Stream.of(
                new State.Requested(),
                new State.UnderReview(QUOTE, DUE),
                new State.Acknowledged(FIRM),
                new State.Offered(CLIENT),
                new State.Asking(FIRM, DUE, List.of()),
                new State.Asking(CLIENT, DUE, List.of()),
                new State.Agreed(FIRM),
                new State.Scheduled(CHANGE, DUE, DUE.plusSeconds(7200), 0),
                new State.Rejected(CHANGE, "FIRM_PAYMENT_METHOD", 1, DUE),
                new State.InTrouble(CHANGE, "FIRM_PAYMENT_METHOD"),
                new State.Done(CHANGE),
                new State.Separate(Way.FIRM_TAKES_TIME, State.Separate.Why.FIRM_DOES_NOT_TAKE_OVER),
                new State.Separate(Way.CLIENT_TAKES_ONLINE, State.Separate.Why.CLIENT_DID_NOT_AGREE),
                new State.Stopping(DUE),
                new State.Closed(Way.FIRM_TAKES_TIME, Outcome.WITHDRAWN, List.of(), DUE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    @DisplayName(
            "stands for each state, in both languages, says since when, and what it waits for where that has a time")
    void everyStateHasItsSentence(String language) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/takeover");
        messages.setDefaultEncoding("UTF-8");

        assertThat(states()).allSatisfy(state -> {
            Waits waits = Waits.of(takeover(state), List.of(), Optional.empty(), false);
            String sentence = messages.getMessage(
                    "waits." + waits.code(),
                    new Object[] {"<since>", "<due>", "<date>", "<firm>", "<client>", "<obstacle>", "<outcome>"},
                    Locale.forLanguageTag(language));
            // An English time of day ends with a point of its own.
            assertThat(sentence).contains("<since>").doesNotContain("{", "<since>.", "<due>.");
            assertThat(sentence.contains("<due>"))
                    .as(sentence)
                    .isEqualTo(state.due().isPresent() && state.billingDate().isEmpty()
                            || state instanceof State.Rejected);
            assertThat(sentence.contains("<date>"))
                    .as(sentence)
                    .isEqualTo(state.billingDate().isPresent() && !(state instanceof State.InTrouble));
            assertThat(sentence.contains("<obstacle>")).as(sentence).isEqualTo(waits.obstacle() != null);
        });
    }

    @Test
    @DisplayName("forgets no state")
    void everyState() {
        assertThat(states().map(Object::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(all(State.class).toList())
                .containsExactlyInAnyOrderElementsOf(List.copyOf(Waits.BEGUN_BY.keySet()));
    }

    @ParameterizedTest
    @MethodSource("states")
    @DisplayName(
            "counts from the newest of what brings a case to its state, and from its opening where nothing is on record")
    void since(State state) {
        Instant last = OPENED.plusSeconds(7200);
        List<CaseEvent> happened = Waits.BEGUN_BY.getOrDefault(state.getClass(), List.of()).stream()
                .flatMap(what -> Stream.of(event(OPENED.plusSeconds(3600), what), event(last, what)))
                .toList();

        assertThat(Waits.of(takeover(state), happened, Optional.empty(), false).since())
                .isEqualTo(last);
        assertThat(Waits.of(
                                takeover(state),
                                List.of(event(last, Happening.LinkSentAgain.class)),
                                Optional.empty(),
                                false)
                        .since())
                .isEqualTo(OPENED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "fr"})
    @DisplayName("says of a stop that it is ordered, until it is withdrawn")
    void stopOrdered(String language) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages/takeover");
        messages.setDefaultEncoding("UTF-8");
        CaseEvent ordered = event(OPENED, Happening.StopOrdered.class);
        CaseEvent withdrawn = event(OPENED, Happening.StopWithdrawn.class);

        String code = stoppingAfter(ordered);
        assertThat(code).isEqualTo("Stopping.ORDERED");
        assertThat(messages.getMessage(
                        "waits." + code, new Object[] {"<since>", "<due>"}, Locale.forLanguageTag(language)))
                .contains("<since>", "<due>");
        assertThat(stoppingAfter(ordered, withdrawn)).isEqualTo("Stopping");
    }

    private static String stoppingAfter(CaseEvent... happened) {
        return Waits.of(takeover(new State.Stopping(DUE)), List.of(happened), Optional.empty(), false)
                .code();
    }

    @Test
    @DisplayName("says of a client that is held that somebody has to mend it first")
    void held() {
        assertThat(Waits.of(takeover(new State.Stopping(DUE)), List.of(), Optional.empty(), true)
                        .code())
                .isEqualTo("held");
    }

    private static CaseEvent event(Instant at, Class<? extends Happening> what) {
        return new CaseEvent(at, "system", Happening.code(what), null);
    }

    private static Takeover takeover(State state) {
        Account account = SampleAccounts.split(SampleAccounts.firm("F-1"), "123");
        return new Takeover(
                new TakeoverKey("TKO-2026-00001"),
                account.firm().id(),
                account.client().id(),
                account.client().companyId(),
                "alice",
                OPENED,
                state);
    }

    private static Stream<Class<?>> all(Class<?> kind) {
        return kind.isSealed() ? Stream.of(kind.getPermittedSubclasses()).flatMap(WaitsTest::all) : Stream.of(kind);
    }
}

package org.billingtakeover.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.billingtakeover.takeover.House.adminCorrected;
import static org.billingtakeover.takeover.House.asked;
import static org.billingtakeover.takeover.House.confirmed;
import static org.billingtakeover.takeover.House.declined;
import static org.billingtakeover.takeover.House.disowned;
import static org.billingtakeover.takeover.House.having;
import static org.billingtakeover.takeover.House.linkAskedForBy;
import static org.billingtakeover.takeover.House.linkAskedForWithALink;
import static org.billingtakeover.takeover.House.linkSentAgain;
import static org.billingtakeover.takeover.House.offeredInstead;
import static org.billingtakeover.takeover.House.offeredToClient;
import static org.billingtakeover.takeover.House.opened;
import static org.billingtakeover.takeover.House.quoted;
import static org.billingtakeover.takeover.House.reconsideredByClient;
import static org.billingtakeover.takeover.House.scheduled;
import static org.billingtakeover.takeover.House.stopPlanned;
import static org.billingtakeover.takeover.House.takenOverByFirm;
import static org.billingtakeover.takeover.House.withdrawnByClient;
import static org.billingtakeover.takeover.House.withdrawnByFirm;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.billingtakeover.account.PrimaryAdmin;
import org.billingtakeover.kernel.Language;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client and those who serve it can do beside answering, and what keeps a consent from being lost or given by accident. */
@DisplayName("Consent")
class ConsentIsNotLostTest {

    private final House house = new House();
    private String asked = "";

    @BeforeEach
    void aClientIsAsked() {
        given(opened(), quoted(), takenOverByFirm(), asked());
        asked = house.account().client().admin().email();
    }

    @Test
    @DisplayName("S84 who acts on what stands elsewhere by now is refused, and the case is as it was")
    void staleForm() {
        Seen whileAsked = house.seen();
        given(confirmed(), scheduled());

        refused("changedSince", having(whileAsked, withdrawnByFirm()));
        refused("changedSince", having(null, withdrawnByFirm()));
        given(having(house.seen(), withdrawnByClient()));

        assertThat(house.state()).isInstanceOf(State.Separate.class);
    }

    @Test
    @DisplayName("S84 what a form says was seen comes back as it was written, and nothing else does")
    void seenInAForm() {
        assertThat(Seen.read(house.seen().text())).contains(house.seen());
        given(confirmed(), scheduled());
        assertThat(Seen.read(house.seen().text())).contains(house.seen());
        given(withdrawnByFirm());
        assertThat(Seen.read(house.seen().text())).contains(house.seen());

        for (String other : List.of("", "~~~~", "ASKING~~FIRM_TAKES_TIME~Q-1~yesterday", "ASKING~~NO_WAY~~", "1~2")) {
            assertThat(Seen.read(other)).as(other).isEmpty();
        }
        assertThat(Seen.read(null)).isEmpty();
    }

    @Test
    @DisplayName("S28 both are told who took it back")
    void takenBackByWhom() {
        given(confirmed(), scheduled(), withdrawnByClient());
        house.tellOfWithdrawal();

        assertThat(letters(MailKind.WITHDRAWN))
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.facts()).containsEntry("withdrawnBy", "CLIENT"));
    }

    @Test
    @DisplayName(
            "S28 withdrawn by the firm, a scheduled change ends its case; that the client is asked about its own way is another choice")
    void offeredInsteadIsAChoiceOfItsOwn() {
        given(confirmed(), scheduled(), offeredInstead());

        assertThat(house.state())
                .isInstanceOfSatisfying(
                        State.Separate.class,
                        separate -> assertThat(separate.isClientToBeOffered()).isTrue());
        assertThat(house.flow).endsWith("putBack");
        assertThat(letters(MailKind.WITHDRAWN))
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.facts())
                        .containsEntry("withdrawnBy", "FIRM")
                        .containsEntry("caseOpen", true));
        given(offeredToClient(), asked());
        assertThat(house.state().way()).isEqualTo(Way.CLIENT_TAKES_ONLINE);
        refused("nothingToOfferInstead", offeredInstead());
    }

    @Test
    @DisplayName(
            "an open question is taken back with its link when the client is to be asked about its own way instead")
    void offeredInsteadWhileAsked() {
        given(offeredInstead());

        assertThat(house.file().questions().get(0).status()).isEqualTo(ConsentRequest.Status.WITHDRAWN);
    }

    @Test
    @DisplayName(
            "whoever is not the person to ask ends the question: no answer, a word to the firm, and nobody asked at that address again")
    void wrongPerson() {
        given(disowned());

        assertThat(house.file().questions().get(0).status()).isEqualTo(ConsentRequest.Status.DISOWNED);
        assertThat(house.file().questions().get(0).answer()).isNull();
        assertThat(house.state()).isInstanceOf(State.Acknowledged.class);
        assertThat(house.flow).endsWith("putBack");
        assertThat(letters(MailKind.WRONG_PERSON))
                .singleElement()
                .satisfies(letter -> assertThat(letter.party()).isEqualTo(Payer.FIRM));
        assertThatThrownBy(() -> asked().accept(house)).hasMessageContaining("wrongPerson");
        refused("requestDisowned", disowned());
    }

    @Test
    @DisplayName("an answered question is disowned by nobody")
    void answeredIsNotDisowned() {
        given(confirmed());

        refused("alreadyDecided", disowned());
    }

    @Test
    @DisplayName(
            "once the address is corrected, the right person is asked, and whoever was asked before is asked no more")
    void correctedAfterWrongPerson() {
        given(disowned());

        refused("adminDisowned", adminCorrected("Mireille Gagnon", asked.toUpperCase(Locale.ROOT)));
        given(adminCorrected("Luc Roy", "luc.roy@atelier.example"), asked());

        assertThat(house.file().openQuestion().orElseThrow())
                .returns("Luc Roy", ConsentRequest::name)
                .returns("luc.roy@atelier.example", ConsentRequest::email);
        assertThat(house.codes()).contains("PRIMARY_ADMIN_CORRECTED");
    }

    @Test
    @DisplayName("S101 corrected while asked, the open question dies and whoever was asked is told only that")
    void correctedWhileAsked() {
        given(adminCorrected("Luc Roy", "luc.roy@atelier.example"));

        assertThat(house.file().questions().get(0).status()).isEqualTo(ConsentRequest.Status.SUPERSEDED);
        assertThat(letters(MailKind.QUESTION_ENDED))
                .singleElement()
                .satisfies(letter -> assertThat(letter.email()).isEqualTo(asked));
    }

    @Test
    @DisplayName("S102 an address is corrected to none that is the firm's own, unusable, or when nobody is to be asked")
    void unusableCorrections() {
        String firm = house.account().firm().email();
        PrimaryAdmin before = house.account().client().admin();

        refused("adminOfFirm", adminCorrected("Luc Roy", firm));
        refused("adminIncomplete", adminCorrected("Luc Roy", "luc.roy"));
        refused("adminIncomplete", adminCorrected("--", "luc.roy@atelier.example"));
        assertThat(house.account().client().admin()).isEqualTo(before);
        given(confirmed(), scheduled());
        refused("nothingToSend", adminCorrected("Luc Roy", "luc.roy@atelier.example"));
    }

    @Test
    @DisplayName("an address is corrected three times within a day at most")
    void correctedOften() {
        for (int time = 1; time <= CorrectPrimaryAdmin.MOST_IN_A_DAY; time++) {
            given(adminCorrected("Luc Roy", "luc" + time + "@atelier.example"), asked());
        }

        refused("correctedOften", adminCorrected("Luc Roy", "luc9@atelier.example"));
        house.now = house.now.plus(Duration.ofDays(1));
        given(adminCorrected("Luc Roy", "luc9@atelier.example"));
    }

    @Test
    @DisplayName("a link goes out again to whoever was asked, three times within a day at most, whoever asks for it")
    void linkAgain() {
        given(linkSentAgain(), linkAskedForBy(asked.toUpperCase(Locale.ROOT)), linkAskedForWithALink());
        given(linkAskedForBy(asked), linkAskedForWithALink());
        refused("sentOften", linkSentAgain());

        assertThat(letters(MailKind.LINK_AGAIN))
                .hasSize(3)
                .allSatisfy(letter -> assertThat(letter)
                        .returns(asked, Letter::email)
                        .returns(house.file().openQuestion().orElseThrow().id(), Letter::consentRequest));
        house.now = house.now.plus(Duration.ofDays(1));
        given(linkSentAgain());
    }

    @Test
    @DisplayName("no link goes out that nobody can answer, nor to anybody who was not asked")
    void noLinkAgain() {
        given(linkAskedForBy("somebody@else.example"));
        house.staff.add(asked);
        given(linkAskedForBy(asked));
        refused("firmAsked", linkSentAgain());
        house.staff.clear();
        given(confirmed(), linkAskedForBy(asked), linkAskedForWithALink());
        refused("nothingToSend", linkSentAgain());

        assertThat(letters(MailKind.LINK_AGAIN)).isEmpty();
    }

    @Test
    @DisplayName("S27 the firm reads that its client would like to be asked again, since it is its turn")
    void askedAgainReachesTheFirm() {
        given(declined(), offeredToClient(), asked(), declined(), stopPlanned(), reconsideredByClient());

        assertThat(letters(MailKind.RECONSIDERED))
                .singleElement()
                .satisfies(letter -> assertThat(letter.party()).isEqualTo(Payer.FIRM));
    }

    @Test
    @DisplayName("a copy of what was agreed goes to whoever agreed, and to nobody who did not")
    void copyOfTheAgreement() {
        given(confirmed(), scheduled());
        house.tellOfSchedule();
        Map<String, Object> copy = letters(MailKind.SCHEDULED).stream()
                .filter(letter -> letter.party() == Payer.CLIENT)
                .findFirst()
                .orElseThrow()
                .facts();

        assertThat(copy)
                .containsEntry(
                        "agreedQuote", house.file().questions().get(0).quote().text())
                .containsEntry("agreedBy", "Mireille Gagnon")
                .containsEntry("agreedAs", "Owner")
                .containsEntry("agreedOn", House.TODAY)
                .containsEntry("agreedAt", LocalTime.NOON)
                .containsEntry("agreedByPhone", true);

        house.letters.clear();
        house.clients.account = house.account().withAdmin(new PrimaryAdmin("Luc Roy", "luc.roy@atelier.example"));
        house.tellOfSchedule();
        assertThat(letters(MailKind.SCHEDULED))
                .allSatisfy(letter -> assertThat(letter.facts()).doesNotContainKeys("agreedBy", "agreedQuote"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "12", "555-010"})
    @DisplayName("a yes by phone counts only with a number that can be called back")
    void noNumber(String from) {
        ConsentRequest.Answer yes = new ConsentRequest.Answer(
                true,
                "Mireille Gagnon",
                "Owner",
                ConsentRequest.Channel.PHONE,
                "simon",
                Language.FR,
                from,
                null,
                house.now);

        refused("notANumber", house -> house.answerByPhone(yes));
    }

    @Test
    @DisplayName("an empty message of the client is none")
    void emptyMessage() {
        ConsentRequest.Answer answer = new ConsentRequest.Answer(
                true, "M", "Owner", ConsentRequest.Channel.PHONE, "simon", Language.FR, "514 555-0100", " ", house.now);

        assertThat(answer.message()).isNull();
    }

    @SafeVarargs
    private final void given(Consumer<House>... happened) {
        for (Consumer<House> each : happened) {
            each.accept(house);
        }
    }

    private void refused(String code, Consumer<House> action) {
        List<String> before = house.codes();
        State state = house.state();
        assertThatThrownBy(() -> action.accept(house))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
        assertThat(house.codes()).isEqualTo(before);
        assertThat(house.state()).isEqualTo(state);
    }

    private List<Letter> letters(MailKind kind) {
        return house.letters.stream().filter(letter -> letter.kind() == kind).toList();
    }
}

package org.billingtakeover.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.billingtakeover.account.SampleAccounts.like;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("S102 An address is a firm's own")
class AddressesOfFirmTest {

    private final AddressesOfFirm addresses =
            new AddressesOfFirm(firm -> List.of("alice@elsewhere.example", "Bruno.Roy@gmail.com"));

    @ParameterizedTest
    @CsvSource({
        "office@cabinet.example, office@cabinet.example, true",
        "office@cabinet.example, OFFICE+client@Cabinet.Example, true",
        "office@cabinet.example, anybody@cabinet.example, true",
        "office@cabinet.example, client@mail.cabinet.example, true",
        "office@cabinet.example, alice+x@elsewhere.example, true",
        "office@cabinet.example, bruno.roy@gmail.com, true",
        "office@cabinet.example, owner@gmail.com, false",
        "office@cabinet.example, owner@notcabinet.example, false",
        "office@cabinet.example, bob@elsewhere.example, false",
        "office@mail.cabinet.example, owner@cabinet.example, false",
        "cabinet@gmail.com, owner@gmail.com, false",
        "cabinet@gmail.com, Cabinet+un@GMAIL.com, true",
        "cabinet@videotron.ca, client@videotron.ca, false",
        "office@comptabilité.example, info@xn--comptabilit-lbb.example, true",
        "office@cabinet.example, not an address, false",
    })
    @DisplayName(
            "where whoever reads it may be the firm itself, and not where two parties have one public mail provider")
    void owns(String own, String email, boolean owned) {
        Firm firm = like(SampleAccounts.firm("F-1"), "email", own);

        assertThat(addresses.owns(firm, email)).isEqualTo(owned);
    }
}

package org.billingtakeover.billing.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.account.SampleAccounts;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.billing.web.ReadPlatformBills.NoAnswer;
import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.paper.PrintPage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.servlet.ModelAndView;
import org.thymeleaf.ITemplateEngine;

@DisplayName("A platform that does not answer")
class NoAnswerTest {

    private static final BillNumber NUMBER = new BillNumber("L-1");

    private final Firm firm = SampleAccounts.firm("F-1");
    private final StaffMember staff = new StaffMember("alice", "Alice", firm.id(), Set.of(Right.SEE_BILLS));
    private final PlatformBills down = port(PlatformBills.class, Optional.empty());
    private final BillingPlatform platform = port(BillingPlatform.class, Optional.of(Optional.of(down)));
    private final BillPages pages = new BillPages(
            port(Accounts.class, Optional.of(List.of(firm))),
            new ReadPlatformBills(
                    new Platforms<>(Map.of(PlatformName.LEDGER, platform, PlatformName.BY_HAND, platform)),
                    port(Accounts.class, Optional.empty())),
            new PrintPage(),
            port(ITemplateEngine.class, Optional.empty()));

    @Test
    @DisplayName("is said on the list, which is not empty then")
    void list() {
        MockHttpServletResponse response = new MockHttpServletResponse();
        ExtendedModelMap model = new ExtendedModelMap();

        assertThat(pages.list(staff, null, null, model, response)).isEqualTo("billing/bills");

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(model).containsEntry("noAnswer", true).doesNotContainKey("bills");
    }

    @Test
    @DisplayName("is said in the place of a bill, of which nobody knows whether it is there")
    void bill() {
        assertThatThrownBy(() -> pages.show(staff, NUMBER, Locale.CANADA, new ExtendedModelMap()))
                .isInstanceOfSatisfying(NoAnswer.class, e -> {
                    ModelAndView said = pages.noAnswer(e);
                    assertThat(said.getViewName()).isEqualTo("billing/no-answer");
                    assertThat(said.getStatus()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
                });
    }

    /** @param answer to everything; empty where nothing answers */
    private static <T> T port(Class<T> type, Optional<Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, given) -> answer.orElseThrow(() -> new IllegalStateException("down"))));
    }
}

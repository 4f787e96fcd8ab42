package org.billingtakeover.takeover;

import java.util.Map;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Firm;
import org.billingtakeover.commission.CommissionPayout;
import org.billingtakeover.commission.Quarters;
import org.billingtakeover.kernel.FirmKey;
import org.billingtakeover.kernel.Payer;
import org.billingtakeover.notification.Letter;
import org.billingtakeover.notification.MailKind;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Writes to a firm whose quarter is paid; what is carried over stands on its statement. */
@Component
class TellQuarterPaid {

    private final Accounts accounts;
    private final Postbox postbox;

    TellQuarterPaid(Accounts accounts, Postbox postbox) {
        this.accounts = accounts;
        this.postbox = postbox;
    }

    @EventListener
    void on(Quarters.Settled settled) {
        CommissionPayout payout = settled.payout();
        if (payout == null) {
            return;
        }
        Firm firm = accounts.firm(settled.firmId());
        postbox.toFirm(
                new Letter(
                        MailKind.COMMISSION_PAID,
                        new FirmKey(firm.id()),
                        Payer.FIRM,
                        firm.name(),
                        firm.email(),
                        firm.language(),
                        false,
                        Map.of(
                                "firm", firm.name(),
                                "firmEmail", firm.email(),
                                "amount", payout.amount(),
                                "earnedUntil", settled.quarter().lastDay()),
                        null),
                firm);
    }
}

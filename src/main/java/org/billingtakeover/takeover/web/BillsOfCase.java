package org.billingtakeover.takeover.web;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.billingtakeover.account.Account;
import org.billingtakeover.billing.Bill;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.billing.FirstBill;
import org.billingtakeover.billing.FirstBills;
import org.billingtakeover.billing.FirstBillsOfChanges;
import org.billingtakeover.billing.PlatformBills;
import org.billingtakeover.billing.Platforms;
import org.billingtakeover.kernel.Product;
import org.billingtakeover.takeover.CaseFile;
import org.billingtakeover.takeover.ExpectFirstBill;
import org.billingtakeover.takeover.Way;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The first bills of both parties after a change that was made. The platform is asked, so that this is never done in a transaction. */
@Component
class BillsOfCase {

    private static final Logger LOG = LoggerFactory.getLogger(BillsOfCase.class);

    private final Platforms<BillingPlatform> platforms;
    private final FirstBillsOfChanges firstBills;
    private final ExpectFirstBill expect;

    BillsOfCase(Platforms<BillingPlatform> platforms, FirstBillsOfChanges firstBills, ExpectFirstBill expect) {
        this.platforms = platforms;
        this.firstBills = firstBills;
        this.expect = expect;
    }

    /**
     * What the platform tells.
     *
     * @param known whether it tells bills at all
     * @param answered whether it does now
     * @param bills those that were compared; before they are, the new payer's first one with what moved, and the one that gives back what the
     *     other paid ahead
     * @param awaited where the new payer's is still to come; null where it is there, or where no price is known
     */
    record Found(Product moving, boolean known, boolean answered, List<Bill> bills, FirstBill.@Nullable Part awaited) {}

    /** @param changedOn the first day that the new payer pays, local date of the client */
    Found of(CaseFile file, LocalDate changedOn) {
        Way way = file.state().way();
        return firstBills
                .ofCase(file.key())
                .flatMap(FirstBills::compared)
                .map(compared -> new Found(way.moving(), true, true, compared.bills(), null))
                .orElseGet(() -> asked(file.account(), way, changedOn));
    }

    private Found asked(Account account, Way way, LocalDate changedOn) {
        FirstBill.Part awaited =
                expect.of(account, way, changedOn).map(FirstBill::bill).orElse(null);
        Optional<PlatformBills> told = platforms.of(account.firm()).bills();
        if (told.isEmpty()) {
            return new Found(way.moving(), false, true, List.of(), awaited);
        }
        try {
            List<Bill> since = told.get().of(account.client().companyId(), way.moving(), changedOn);
            Optional<Bill> first = since.stream()
                    .filter(bill -> bill.party().payer() == way.newPayer())
                    .findFirst();
            Optional<Bill> back = since.stream()
                    .filter(bill -> bill.party().payer() != way.newPayer()
                            && bill.lines().stream().anyMatch(Bill.Line::isCredit))
                    .findFirst();
            return new Found(
                    way.moving(),
                    true,
                    true,
                    Stream.concat(first.stream(), back.stream()).toList(),
                    first.isPresent() ? null : awaited);
        } catch (RuntimeException e) {
            LOG.warn("The billing platform does not tell the bills of a case: {}", e.getMessage());
            return new Found(way.moving(), true, false, List.of(), null);
        }
    }
}

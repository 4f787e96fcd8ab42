package org.billingtakeover.scenario;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.billingtakeover.billing.BillingPlatform;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The embedded ledger as a remote platform would be: with a transaction of its own, and sometimes an answer that comes too late. */
final class SlowPlatform implements BillingPlatform {

    private final BillingPlatform ledger;
    private final TransactionTemplate ownTransaction;
    private final AtomicInteger late = new AtomicInteger();
    private final List<SwitchRequest> requests = new CopyOnWriteArrayList<>();

    SlowPlatform(BillingPlatform ledger, PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** The next answers are lost: the platform has switched, the caller sees a time-out. */
    void answersTooLate(int times) {
        late.set(times);
    }

    List<SwitchRequest> requestsFor(CompanyId companyId) {
        return requests.stream()
                .filter(request -> request.companyId().equals(companyId))
                .toList();
    }

    @Override
    public Answer switchPayer(SwitchRequest request) {
        requests.add(request);
        if (late.get() == 0) {
            return ledger.switchPayer(request);
        }
        late.decrementAndGet();
        ownTransaction.execute(status -> ledger.switchPayer(request));
        throw new IllegalStateException("The platform did not answer in time.");
    }

    @Override
    public Optional<Rejection> whyNot(SwitchRequest request) {
        return ledger.whyNot(request);
    }

    @Override
    public Optional<PayerOfDay> payerOn(CompanyId companyId, Product product, LocalDate day) {
        return ledger.payerOn(companyId, product, day);
    }

    @Override
    public List<PayerPeriod> history(CompanyId companyId, Product product) {
        return ledger.history(companyId, product);
    }
}

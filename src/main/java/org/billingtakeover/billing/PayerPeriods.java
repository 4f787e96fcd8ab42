package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.billing.BillingPlatform.PayerOfDay;
import org.billingtakeover.billing.BillingPlatform.PayerPeriod;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.Product;

/** Who pays on which days, as far as that was made here or has been proved. */
public interface PayerPeriods {

    Optional<PayerOfDay> on(CompanyId companyId, Product product, LocalDate day);

    /** Earliest first; each day from the first on has exactly one. */
    List<PayerPeriod> of(CompanyId companyId, Product product);
}

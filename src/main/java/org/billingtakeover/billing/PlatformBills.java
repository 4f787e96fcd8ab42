package org.billingtakeover.billing;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.Money;
import org.billingtakeover.kernel.Product;

/**
 * The bills that a platform has made. Asked in no transaction and with nothing locked; any exception means that it does not answer now, and
 * to ask again changes nothing.
 */
public interface PlatformBills {

    /**
     * The bills that came after one in the order in which they were made.
     *
     * @param last empty for the first ones
     */
    List<Bill> after(Optional<BillNumber> last, int most);

    /** What bills of either party say of a company's product, of this day or a later one; earliest first, other lines left out. */
    List<Bill> of(CompanyId company, Product product, LocalDate from);

    Optional<Bill> bill(BillNumber number);

    /**
     * The bills of a firm and of the clients that it keeps the books of, newest first, without their lines.
     *
     * @param before empty for the newest
     */
    List<Heading> ofFirm(FirmId firm, Optional<BillNumber> before, int most);

    /** @param total taxes included */
    record Heading(BillNumber number, Bill.Party party, LocalDate day, Money total) {}
}

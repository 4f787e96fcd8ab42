package org.billingtakeover.commission.jdbc;

import java.util.Optional;
import org.billingtakeover.account.PlatformName;
import org.billingtakeover.billing.BillNumber;
import org.billingtakeover.commission.BillsRead;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcBillsRead implements BillsRead {

    private final JdbcClient jdbc;

    JdbcBillsRead(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<BillNumber> last(PlatformName platform) {
        return jdbc.sql("select last from commission_bills_read where platform = ?")
                .param(platform.name())
                .query((row, count) -> new BillNumber(row.getString("last")))
                .optional();
    }

    @Override
    public boolean to(PlatformName platform, Optional<BillNumber> last, BillNumber now) {
        return last.map(before -> jdbc.sql("update commission_bills_read set last = ? where platform = ? and last = ?")
                                .params(now.text(), platform.name(), before.text())
                                .update())
                        .orElseGet(() -> jdbc.sql(
                                        "insert into commission_bills_read (platform, last) values (?, ?) on conflict do nothing")
                                .params(platform.name(), now.text())
                                .update())
                == 1;
    }
}

package org.billingtakeover.account;

import java.util.Collection;
import org.billingtakeover.kernel.FirmId;

/** The mail addresses of those who work for a firm here. */
@FunctionalInterface
public interface AddressesOfStaff {

    Collection<String> of(FirmId firm);
}

package org.billingtakeover.security;

import java.util.Collection;
import java.util.stream.Stream;
import org.billingtakeover.account.AddressesOfStaff;
import org.billingtakeover.kernel.FirmId;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.springframework.stereotype.Component;

/** The mail addresses of a firm's people, as their accounts have them. */
@Component
class MailboxesOfStaff implements AddressesOfStaff {

    private final IdentityService identities;

    MailboxesOfStaff(IdentityService identities) {
        this.identities = identities;
    }

    @Override
    public Collection<String> of(FirmId firm) {
        return identities.createUserQuery().memberOfTenant(firm.text()).list().stream()
                .map(User::getEmail)
                .flatMap(Stream::ofNullable)
                .toList();
    }
}

package org.billingtakeover.takeover;

import java.util.UUID;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Accounts;
import org.billingtakeover.account.Client;
import org.billingtakeover.account.PrimaryAdmins;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Billing operations say which firm is right about a company's primary admin; until then, the first to list it is believed. */
@Component
public class SettleDispute {

    private final Accounts accounts;
    private final PrimaryAdmins admins;
    private final Takeovers takeovers;
    private final ApplicationEventPublisher publisher;

    SettleDispute(Accounts accounts, PrimaryAdmins admins, Takeovers takeovers, ApplicationEventPublisher publisher) {
        this.accounts = accounts;
        this.admins = admins;
        this.takeovers = takeovers;
        this.publisher = publisher;
    }

    /**
     * Every question and mail to the company goes from now on to the primary admin whom this client's firm names.
     *
     * @throws java.util.NoSuchElementException if there is no such client
     * @throws Refusal {@code companyHasCase}: a question may be with the admin believed until now, whose answer would count
     */
    @Transactional
    public void believe(UUID clientId, String actor) {
        Account account = accounts.account(clientId);
        Client client = account.client();
        takeovers.openOfCompany(client.companyId()).ifPresent(open -> {
            throw new Refusal("companyHasCase", open.key());
        });
        admins.believe(client);
        publisher.publishEvent(new Settled(client.companyId(), account.firm().id(), actor));
    }

    /** Published in the transaction that settles it. */
    public record Settled(CompanyId companyId, FirmId firmId, String actor) {}
}

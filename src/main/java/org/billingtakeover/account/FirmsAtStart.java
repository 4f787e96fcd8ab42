package org.billingtakeover.account;

import java.util.List;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Brings the stored firms up to date with the settings at every start; a firm that the settings no longer name stays. */
@Component
@EnableConfigurationProperties(FirmsAtStart.Settings.class)
class FirmsAtStart {

    private final Settings settings;
    private final Accounts accounts;

    FirmsAtStart(Settings settings, Accounts accounts) {
        this.settings = settings;
        this.accounts = accounts;
    }

    /** Before people are given their firms. */
    @EventListener(ApplicationStartedEvent.class)
    @Order(0)
    @Transactional
    public void save() {
        settings.firms().forEach(accounts::save);
    }

    /** @param firms the firms that use the product, each with all of its settings */
    @ConfigurationProperties("back-office")
    record Settings(@DefaultValue List<Firm> firms) {}
}

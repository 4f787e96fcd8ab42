package org.billingtakeover.scenario;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;
import org.billingtakeover.BackOffice;
import org.billingtakeover.TestClock;
import org.billingtakeover.TestMailServer;
import org.billingtakeover.account.Account;
import org.billingtakeover.account.Firm;
import org.billingtakeover.billing.BillsDue;
import org.billingtakeover.trail.Seals;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The product on a day in the past, in a database that is given, with the diagrams and tables that are shipped: it brings cases as far as
 * that they only wait for their billing date.
 */
public final class BookedCases implements AutoCloseable {

    private final ConfigurableApplicationContext product;
    private final World world;
    private final Firm firm;

    /**
     * @param settings as production is told them; the clients are the first firm's
     * @param now where its clock stands
     */
    public BookedCases(Map<String, String> settings, Instant now) {
        product = new SpringApplicationBuilder(
                        BackOffice.class, World.class, ScenarioTest.Remote.class, TestMailServer.class)
                .profiles("test")
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(TestClock.class, () -> standing(context, now), bean -> bean.setPrimary(true)))
                .run(Stream.concat(
                                settings.entrySet().stream().map(each -> "--" + each.getKey() + "=" + each.getValue()),
                                Stream.of("--server.port=0", "--camunda.bpm.job-execution.enabled=false"))
                        .toArray(String[]::new));
        world = product.getBean(World.class);
        firm = world.accounts.firms().get(0);
        // What is billed before this day was billed elsewhere.
        product.getBean(BillsDue.class).make();
    }

    private static TestClock standing(ApplicationEventPublisher publisher, Instant now) {
        TestClock clock = new TestClock(publisher);
        clock.goesOnTo(now);
        return clock;
    }

    /**
     * A case whose change of payer is confirmed by the client and booked.
     *
     * @param company under whose id the platform knows the client
     * @param billingDay of the month
     * @return its key
     */
    public String booked(String company, int billingDay) {
        Account client = world.imports(
                firm,
                AccountLine.split()
                        .with("Company ID", company)
                        .with("Company name", "Client " + company)
                        .with("Admin email", company + "@client.example")
                        .with("Time zone", firm.timeZone().getId())
                        .billedOn(billingDay),
                LocalDate.ofInstant(world.clock.instant(), firm.timeZone()));
        String key = world.confirmed(client);
        world.runDue();
        return key;
    }

    /** Seals all that happened. */
    public void seal() {
        Seals seals = product.getBean(Seals.class);
        JdbcClient jdbc = product.getBean(JdbcClient.class);
        while (jdbc.sql("select exists (select from audit_chain where sealed < number)")
                .query(Boolean.class)
                .single()) {
            seals.seal();
        }
    }

    @Override
    public void close() {
        product.close();
        ClockUtil.reset();
    }
}

package org.billingtakeover.notification.mail;

import com.icegreen.greenmail.util.GreenMail;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Clock;
import java.util.Map;
import javax.sql.DataSource;
import org.billingtakeover.TestDatabase;
import org.billingtakeover.notification.ConsentLinks;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.annotation.EnableTransactionManagement;

/** The product's mails alone, and what stands around them: a database, a clock, a mail server, links and settings. */
public final class MailsAlone {

    private MailsAlone() {}

    /** The mails, on a database of their own. As in the product, what is written outside a transaction is lost. */
    static void register(
            AnnotationConfigApplicationContext product, Clock clock, JavaMailSenderImpl sender, ConsentLinks links) {
        HikariDataSource dataSource = TestDatabase.fresh();
        dataSource.setAutoCommit(false);
        surround(product, dataSource, clock, sender, links);
        product.register(
                JdbcMails.class,
                JdbcOutbox.class,
                TellOutcomes.class,
                Dispatcher.class,
                WriteMail.class,
                MailServer.class);
    }

    /** Sends to this server. */
    public static JavaMailSenderImpl sender(GreenMail server) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(server.getSmtp().getPort());
        return sender;
    }

    /** Mails come back to an address of their own, and are looked for. */
    static void comeBack(AnnotationConfigApplicationContext product) {
        settings(product, Map.of("back-office.mail.return-address", "returns@billing.example"));
        product.register(TakeBounces.class);
    }

    /** What stands around the mails. */
    public static void surround(
            AnnotationConfigApplicationContext product,
            DataSource dataSource,
            Clock clock,
            JavaMailSenderImpl sender,
            ConsentLinks links) {
        product.registerBean(DataSource.class, () -> dataSource);
        product.registerBean(DataSourceTransactionManager.class, () -> new DataSourceTransactionManager(dataSource));
        product.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(dataSource));
        product.registerBean(JdbcClient.class, () -> JdbcClient.create(dataSource));
        product.registerBean(Clock.class, () -> clock);
        product.registerBean(JavaMailSenderImpl.class, () -> sender);
        product.registerBean(ConsentLinks.class, () -> links);
        settings(
                product,
                Map.of(
                        "back-office.mail.from", "Facturation <no-reply@billing.example>",
                        "back-office.public-url", "https://billing.example"));
        product.register(Transactions.class);
    }

    private static void settings(AnnotationConfigApplicationContext product, Map<String, Object> settings) {
        product.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(settings.keySet().toString(), settings));
    }

    // No stereotype, or else the scan of the whole product would find it.
    @EnableTransactionManagement
    static class Transactions {}
}

package org.billingtakeover.takeover.jdbc;

import java.sql.Timestamp;
import java.util.Optional;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.Quotes;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcQuotes implements Quotes {

    private final JdbcClient jdbc;

    private final ApplicationEventPublisher publisher;

    JdbcQuotes(JdbcClient jdbc, ApplicationEventPublisher publisher) {
        this.jdbc = jdbc;
        this.publisher = publisher;
    }

    @Override
    public Quote add(String takeoverKey, Quote quote) {
        long number =
                jdbc.sql("select nextval('quote_number')").query(Long.class).single();
        Quote numbered = quote.numbered("Q-%06d".formatted(number));
        jdbc.sql(
                        "insert into quote (number, takeover_key, made_at, valid_until, content) values (?, ?, ?, ?, ?::jsonb)")
                .params(
                        numbered.number(),
                        takeoverKey,
                        Timestamp.from(numbered.madeAt()),
                        Timestamp.from(numbered.validUntil()),
                        Json.write(numbered))
                .update();
        publisher.publishEvent(new QuoteKept(takeoverKey, numbered));
        return numbered;
    }

    @Override
    public Optional<Quote> find(String number) {
        return jdbc.sql("select content from quote where number = ?")
                .param(number)
                .query(String.class)
                .optional()
                .map(json -> Json.read(json, Quote.class));
    }
}

package org.billingtakeover.takeover.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.billingtakeover.kernel.QuoteNumber;
import org.billingtakeover.kernel.StoredJson;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.pricing.Quote;
import org.billingtakeover.takeover.Quotes;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcQuotes implements Quotes {

    private final JdbcClient jdbc;

    JdbcQuotes(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public QuoteNumber next() {
        long number =
                jdbc.sql("select nextval('quote_number')").query(Long.class).single();
        return new QuoteNumber("Q-%06d".formatted(number));
    }

    @Override
    public void add(TakeoverKey takeover, Kept kept) {
        Quote quote = kept.quote();
        boolean byItself = kept.follows().equals(quote.number());
        jdbc.sql("""
                        insert into quote (number, takeover_key, made_at, valid_until, content, follows)
                        values (?, ?, ?, ?, ?::jsonb, ?)
                        """)
                .params(
                        quote.number().text(),
                        takeover.text(),
                        Timestamp.from(quote.madeAt()),
                        Timestamp.from(quote.validUntil()),
                        StoredJson.write(quote),
                        byItself ? null : kept.follows().text())
                .update();
    }

    @Override
    public Map<TakeoverKey, List<Kept>> of(Collection<TakeoverKey> takeovers) {
        Map<TakeoverKey, List<Kept>> found = new HashMap<>();
        jdbc.sql("""
                        select takeover_key, content, follows from quote where takeover_key = any (?)
                        order by made_at, length(number), number
                        """)
                .param(takeovers.stream().map(TakeoverKey::text).toArray(String[]::new))
                .query(row -> {
                    found.computeIfAbsent(new TakeoverKey(row.getString("takeover_key")), key -> new ArrayList<>())
                            .add(kept(row));
                });
        return found;
    }

    private static Kept kept(ResultSet row) throws SQLException {
        Quote quote = StoredJson.read(row.getString("content"), Quote.class);
        String follows = row.getString("follows");
        return new Kept(
                quote, Optional.ofNullable(follows).map(QuoteNumber::new).orElse(quote.number()));
    }
}

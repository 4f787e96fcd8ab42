package org.billingtakeover.account.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.billingtakeover.account.CompanySpellings;
import org.billingtakeover.kernel.CompanyId;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.kernel.PlainWords;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class JdbcCompanySpellings implements CompanySpellings {

    private static final String IN_DOUBT = """
            select d.id, d.firm_id, f.name as firm, d.listed_id, d.name, d.admin_email, kf.name as known_firm,
                c.company_id as known_id, c.name as known_name, c.admin_email as known_email
            from doubtful_id d
                join firm f on f.id = d.firm_id
                join client c on c.id = d.client_id
                join firm kf on kf.id = c.firm_id
            where d.same is null
            """;

    private static final String ALIKE = IN_DOUBT + """
            and (lower(c.admin_email) = lower(d.admin_email) or plain_words(c.name) = plain_words(d.name))
            """;

    private static final String ANSWER = """
            update doubtful_id set same = ?, answered_by = ?, answered_at = ?, name = '', admin_email = '' where same is null
            """;

    private final JdbcClient jdbc;
    private final Clock clock;

    JdbcCompanySpellings(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Map<CompanyId, Meaning> meanings(FirmId firm, Collection<Listed> lines) {
        Map<String, List<Resembling>> byNumber = new HashMap<>();
        List<Listed> numbers =
                lines.stream().filter(line -> line.id().isNumber()).toList();
        for (Resembling each : numbers.isEmpty() ? List.<Resembling>of() : resembling(firm, numbers)) {
            byNumber.computeIfAbsent(each.company.withoutLeadingZeros(), number -> new ArrayList<>())
                    .add(each);
        }
        Map<CompanyId, Meaning> meanings = new HashMap<>();
        for (Listed line : numbers) {
            meaning(line, byNumber.getOrDefault(line.id().withoutLeadingZeros(), List.of()))
                    .ifPresent(meaning -> meanings.put(line.id(), meaning));
        }
        return meanings;
    }

    private static Optional<Meaning> meaning(Listed line, List<Resembling> known) {
        for (Resembling each : known) {
            // The same spelling, at whatever firm, is the same company.
            if (each.company.equals(line.id()) || each.isAnsweredOf(line, true)) {
                return Optional.of(new Known(each.company));
            }
        }
        List<Resembling> open =
                known.stream().filter(each -> !each.isAnsweredOf(line, false)).toList();
        Optional<Resembling> ofSameFirm =
                open.stream().filter(Resembling::sameFirm).findFirst();
        if (ofSameFirm.isPresent()) {
            return ofSameFirm.map(each -> new Unknown(each.client, each.company, true));
        }
        return open.stream()
                .filter(each -> each.agreesWith(line))
                .findFirst()
                .<Meaning>map(each -> new Known(each.company))
                .or(() -> open.stream().findFirst().map(each -> new Unknown(each.client, each.company, false)));
    }

    private List<Resembling> resembling(FirmId firm, Collection<Listed> lines) {
        return jdbc.sql("""
                        select c.id, c.company_id, c.firm_id = :firm as same_firm, c.name, c.admin_email, d.listed_id, d.same
                        from client c left join doubtful_id d on d.client_id = c.id and d.firm_id = :firm
                        where c.company ~ '^[0-9]+$' and ltrim(c.company, '0') = any (:numbers) and not c.doubtful
                        order by c.listed
                        """)
                .param("firm", firm.text())
                .param(
                        "numbers",
                        lines.stream()
                                .map(line -> line.id().withoutLeadingZeros().replaceFirst("^0$", ""))
                                .toArray(String[]::new))
                .query((row, number) -> resembling(row))
                .list();
    }

    private static Resembling resembling(ResultSet row) throws SQLException {
        String answered = row.getString("listed_id");
        return new Resembling(
                row.getObject("id", UUID.class),
                new CompanyId(row.getString("company_id")),
                row.getBoolean("same_firm"),
                row.getString("name"),
                row.getString("admin_email"),
                answered == null ? null : new CompanyId(answered),
                row.getObject("same", Boolean.class));
    }

    @Override
    public void ask(FirmId firm, Listed line, UUID resembles) {
        jdbc.sql("""
                        insert into doubtful_id (firm_id, listed_id, client_id, name, admin_email, raised_at)
                        values (?, ?, ?, ?, ?, ?) on conflict (firm_id, listed_key, client_id) do nothing
                        """)
                .params(
                        firm.text(),
                        line.id().text(),
                        resembles,
                        line.name(),
                        line.email(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    @Override
    public List<InDoubt> inDoubt(int limit) {
        return jdbc.sql(IN_DOUBT + "order by d.raised_at, d.id limit ?")
                .param(limit)
                .query((row, number) -> inDoubt(row))
                .list();
    }

    private static InDoubt inDoubt(ResultSet row) throws SQLException {
        return new InDoubt(
                row.getObject("id", UUID.class),
                new FirmId(row.getString("firm_id")),
                row.getString("firm"),
                new Listed(
                        new CompanyId(row.getString("listed_id")), row.getString("name"), row.getString("admin_email")),
                row.getString("known_firm"),
                new Listed(
                        new CompanyId(row.getString("known_id")),
                        row.getString("known_name"),
                        row.getString("known_email")));
    }

    @Override
    public int countInDoubt() {
        return jdbc.sql("select count(*) from doubtful_id where same is null")
                .query(Integer.class)
                .single();
    }

    @Override
    public List<Alike> alike() {
        return jdbc.sql("select firm_id, firm, count(*) from (" + ALIKE
                        + ") alike group by firm_id, firm having count(*) > 1 order by firm, firm_id")
                .query((row, number) ->
                        new Alike(new FirmId(row.getString("firm_id")), row.getString("firm"), row.getInt("count")))
                .list();
    }

    @Override
    public List<UUID> alikeOf(FirmId firm) {
        return jdbc.sql(ALIKE + "and d.firm_id = ? order by d.raised_at, d.id")
                .param(firm.text())
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    @Override
    public Optional<InDoubt> answer(UUID id, boolean same, String actor) {
        Optional<InDoubt> asked = jdbc.sql(IN_DOUBT + "and d.id = ? for update of d")
                .param(id)
                .query((row, number) -> inDoubt(row))
                .optional();
        asked.ifPresent(each -> jdbc.sql(ANSWER + "and id = ?")
                .params(same, actor, Timestamp.from(clock.instant()), id)
                .update());
        return asked;
    }

    /**
     * A company that is known.
     *
     * @param spelling of the line that somebody was asked about; null if nobody was
     * @param same what the answer was; null as long as there is none
     */
    private record Resembling(
            UUID client,
            CompanyId company,
            boolean sameFirm,
            String name,
            String email,
            @Nullable CompanyId spelling,
            @Nullable Boolean same) {

        boolean isAnsweredOf(Listed line, boolean answer) {
            return line.id().equals(spelling) && same != null && same == answer;
        }

        boolean agreesWith(Listed line) {
            return email.equalsIgnoreCase(line.email()) || PlainWords.of(name).equals(PlainWords.of(line.name()));
        }
    }
}

package org.billingtakeover.lists.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.billingtakeover.kernel.FirmId;
import org.billingtakeover.lists.Claim;
import org.billingtakeover.lists.ImportAccountList.Progress;
import org.billingtakeover.lists.ImportResult;
import org.billingtakeover.lists.ListFault;
import org.billingtakeover.lists.StartedImport;
import org.billingtakeover.lists.StartedImport.BrokenDown;
import org.billingtakeover.lists.StartedImport.Done;
import org.billingtakeover.lists.StartedImport.Running;
import org.billingtakeover.lists.StartedImport.State;
import org.billingtakeover.lists.StartedImport.Unusable;
import org.billingtakeover.lists.StartedImport.Upload;
import org.billingtakeover.lists.StartedImport.Waiting;
import org.billingtakeover.lists.StartedImports;
import org.billingtakeover.lists.UnusableAccountList;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.support.SqlBinaryValue;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
@Transactional
class JdbcStartedImports implements StartedImports {

    private static final int MOST_WAITING = 10;
    /** So that no firm keeps the others waiting for all of its lists. */
    private static final int MOST_OF_A_FIRM = 3;

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static final String STARTED = "select id, firm_id, started_by, file_name, dry_run, as_of, whole, sha256,"
            + " file is not null as has_file, state, lines_read, percent, so_far, fault from list_import ";

    private final JdbcClient jdbc;
    private final JdbcTemplate template;

    JdbcStartedImports(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    @Override
    public Optional<UUID> add(
            FirmId firm, String by, String fileName, boolean dryRun, Upload list, InputStream file, long length) {
        if (!hasRoom(firm)) {
            return Optional.empty();
        }
        // Of one person's dry runs the newest file is kept.
        jdbc.sql("update list_import set file = null where ended_at is not null and firm_id = ? and started_by = ?")
                .params(firm.text(), by)
                .update();
        UUID id = UUID.randomUUID();
        jdbc.sql("""
                        insert into list_import (id, firm_id, started_by, file_name, dry_run, as_of, whole, sha256, file)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        id,
                        firm.text(),
                        by,
                        fileName,
                        dryRun,
                        list.claim().asOf(),
                        list.claim().whole(),
                        list.sha256(),
                        new SqlBinaryValue(file, length))
                .update();
        return Optional.of(id);
    }

    @Override
    public Optional<UUID> addForGood(UUID dryRun) {
        if (!find(dryRun).filter(found -> hasRoom(found.firmId())).isPresent()) {
            return Optional.empty();
        }
        return jdbc.sql("""
                        insert into list_import (id, firm_id, started_by, file_name, dry_run, as_of, whole, sha256, file)
                        select gen_random_uuid(), firm_id, started_by, file_name, false, as_of, whole, sha256, file
                        from list_import where id = ? and dry_run and ended_at is not null and file is not null
                        returning id
                        """).param(dryRun).query(UUID.class).optional();
    }

    private boolean hasRoom(FirmId firm) {
        // One at a time, so that two at once do not both find room.
        jdbc.sql("select 1 from pg_advisory_xact_lock(hashtextextended('list_import', 0))")
                .query()
                .listOfRows();
        // What a page says of bad cells is kept for as long as somebody mends a list.
        jdbc.sql("delete from list_import where ended_at < clock_timestamp() - interval '30 days'")
                .update();
        return jdbc.sql("""
                        select count(*) <= ? and count(*) filter (where firm_id = ?) < ?
                        from list_import where ended_at is null
                        """)
                .params(MOST_WAITING, firm.text(), MOST_OF_A_FIRM)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<StartedImport> find(UUID id) {
        return jdbc.sql(STARTED + "where id = ?")
                .param(id)
                .query((row, number) -> started(row))
                .optional();
    }

    @Override
    public Optional<Taken> takeNext() {
        jdbc.sql(
                        "update list_import set file = null where file is not null and ended_at < clock_timestamp() - interval '1 day'")
                .update();
        return jdbc.sql("""
                        update list_import set state = 'Running', alive_at = clock_timestamp(), attempts = attempts + 1
                        where id = (select id from list_import
                                    where ended_at is null
                                      and (state = 'Waiting' or alive_at < clock_timestamp() - interval '1 minute')
                                    order by began limit 1 for update skip locked)
                        returning *, file is not null as has_file
                        """)
                .query((row, number) ->
                        new Taken(started(row), Optional.ofNullable(result(row)), row.getInt("attempts")))
                .optional();
    }

    @Override
    public void copyFile(UUID id, Path to) throws IOException {
        try {
            template.query(
                    "select file from list_import where id = ?",
                    row -> {
                        try (InputStream file = row.getBinaryStream("file")) {
                            Files.copy(file, to);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    id);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void isAt(Taken taken, Progress progress, ImportResult soFar) {
        int rows = jdbc.sql("""
                        update list_import
                        set lines_read = ?, percent = ?, so_far = cast(? as jsonb), alive_at = clock_timestamp()
                        where id = ? and attempts = ?
                        """)
                .params(
                        progress.linesRead(),
                        progress.percent(),
                        json(soFar),
                        taken.started().id(),
                        taken.attempt())
                .update();
        if (rows == 0) {
            throw new CancellationException("Another node goes on with it.");
        }
    }

    @Override
    public void giveBack(Taken taken) {
        jdbc.sql("update list_import set state = 'Waiting', attempts = attempts - 1 where id = ? and attempts = ?")
                .params(taken.started().id(), taken.attempt())
                .update();
    }

    @Override
    public void end(Taken taken, State end) {
        jdbc.sql("""
                        update list_import
                        set state = ?, so_far = coalesce(cast(? as jsonb), so_far), fault = cast(? as jsonb),
                            ended_at = clock_timestamp(), file = case when dry_run and ? then file end
                        where id = ? and attempts = ?
                        """)
                .params(
                        end.getClass().getSimpleName(),
                        end instanceof Done done ? json(done.result()) : null,
                        end instanceof Unusable unusable
                                ? json(new Fault(
                                        unusable.reason().fault(),
                                        unusable.reason().arguments()))
                                : null,
                        end instanceof Done,
                        taken.started().id(),
                        taken.attempt())
                .update();
    }

    private record Fault(ListFault fault, List<String> arguments) {}

    private static StartedImport started(ResultSet row) throws SQLException {
        return new StartedImport(
                row.getObject("id", UUID.class),
                new FirmId(row.getString("firm_id")),
                row.getString("started_by"),
                row.getString("file_name"),
                row.getBoolean("dry_run"),
                upload(row),
                row.getBoolean("has_file"),
                state(row));
    }

    private static @Nullable Upload upload(ResultSet row) throws SQLException {
        LocalDate asOf = row.getObject("as_of", LocalDate.class);
        return asOf == null ? null : new Upload(new Claim(asOf, row.getBoolean("whole")), row.getString("sha256"));
    }

    private static State state(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "Waiting" -> new Waiting();
            case "Running" -> new Running(new Progress(row.getInt("lines_read"), row.getInt("percent")));
            case "Done" -> new Done(read(row.getString("so_far"), ImportResult.class));
            case "Unusable" -> {
                Fault fault = read(row.getString("fault"), Fault.class);
                yield new Unusable(new UnusableAccountList(fault.fault, fault.arguments));
            }
            default -> new BrokenDown();
        };
    }

    private static @Nullable ImportResult result(ResultSet row) throws SQLException {
        String json = row.getString("so_far");
        return json == null ? null : read(json, ImportResult.class);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

-- The record for auditors: one chain of entries for each case, and seals that hold all chains together. The product writes by the
-- functions below alone, so that its role needs no right to change any of these tables.

-- The newest entry of each chain; the lock on its row orders those who append to one case, at the very end of their transactions.
create table audit_chain (
    case_key text primary key,
    number   int   not null,
    hash     bytea not null,
    sealed   int   not null default 0
) with (fillfactor = 70);
create index audit_chain_unsealed on audit_chain (case_key) where sealed < number;

-- The document is canonical JSON (RFC 8785), and hash = SHA-256(previous || document in UTF-8). The columns beside it repeat what it says,
-- to be searched by.
create table audit_entry (
    case_key text        not null,
    number   int         not null,
    at       timestamptz not null,
    actor    text        not null,
    what     text        not null,
    document text        not null,
    previous bytea       not null,
    hash     bytea       not null,
    primary key (case_key, number)
);
create index audit_entry_by_time on audit_entry (at desc, case_key, number desc);
create index audit_entry_by_actor on audit_entry (actor, at desc, case_key, number desc);

-- What entries say of people. The documents hold digests only, SHA-256(salt || value in UTF-8), so a value can be erased.
create table audit_personal (
    digest   bytea primary key,
    case_key text  not null,
    salt     bytea not null,
    value    text  not null
);
create index audit_personal_by_case on audit_personal (case_key);

-- A seal says how far every chain had grown that grew since the seal before. The digest in its document is SHA-256 over its lines
-- "<case key> <number> <hash in hex>\n" in the byte order of the keys, and hash = SHA-256(previous || document in UTF-8).
create table audit_seal (
    number   int primary key,
    document text  not null,
    previous bytea not null,
    hash     bytea not null
);
create table audit_sealed_case (
    seal     int   not null references audit_seal,
    case_key text  not null,
    number   int   not null,
    hash     bytea not null,
    primary key (seal, case_key)
);
create index audit_sealed_case_by_entry on audit_sealed_case (case_key, number);

-- For the auditors' list of cases, newest first.
create index takeover_by_opening on takeover (opened_at desc, key desc);

create function audit_refuse_change() returns trigger language plpgsql as $$
begin
    if tg_table_name = 'audit_personal' and tg_op = 'DELETE' and current_setting('audit.erasing', true) = 'on' then
        return null;
    end if;
    raise exception '% of % is refused: the audit trail can only grow', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger only_grows before update or delete or truncate on audit_entry
    for each statement execute function audit_refuse_change();
create trigger only_grows before update or delete or truncate on audit_personal
    for each statement execute function audit_refuse_change();
create trigger only_grows before update or delete or truncate on audit_seal
    for each statement execute function audit_refuse_change();
create trigger only_grows before update or delete or truncate on audit_sealed_case
    for each statement execute function audit_refuse_change();
create trigger only_grows before delete or truncate on audit_chain
    for each statement execute function audit_refuse_change();

-- Appends [{"case", "at", "actor", "what", "document"}, ...], those of a case together and the cases in order, so that two who append to
-- the same cases never wait for each other in a circle; and what they say of people, [{"case", "digest", "salt", "value"}, ...].
create function audit_append(entries jsonb, personal jsonb) returns void
    language plpgsql security definer set search_path from current as $$
declare
    entry record;
    head  audit_chain;
    next  bytea;
begin
    insert into audit_personal (digest, case_key, salt, value)
    select decode(p.digest, 'hex'), p."case", decode(p.salt, 'hex'), p.value
    from jsonb_to_recordset(personal) as p("case" text, digest text, salt text, value text);
    for entry in
        select e.value ->> 'case' as case_key, (e.value ->> 'at')::timestamptz as at, e.value ->> 'actor' as actor,
               e.value ->> 'what' as what, e.value ->> 'document' as document
        from jsonb_array_elements(entries) with ordinality as e(value, place)
        order by e.place
    loop
        if head.case_key is distinct from entry.case_key then
            update audit_chain set number = head.number, hash = head.hash where case_key = head.case_key;
            insert into audit_chain values (entry.case_key, 0, decode(repeat('00', 32), 'hex')) on conflict do nothing;
            select * into head from audit_chain where case_key = entry.case_key for no key update;
        end if;
        next := sha256(head.hash || convert_to(entry.document, 'UTF8'));
        insert into audit_entry (case_key, number, at, actor, what, document, previous, hash)
        values (entry.case_key, head.number + 1, entry.at, entry.actor, entry.what, entry.document, head.hash, next);
        head.number := head.number + 1;
        head.hash := next;
    end loop;
    update audit_chain set number = head.number, hash = head.hash where case_key = head.case_key;
end $$;

-- Which server and which database this is: a database that was restored from a dump or a copy has another answer.
create function audit_database() returns text language sql stable security definer set search_path from current as $$
    select s.system_identifier || '/' || d.oid || '/' || c.timeline_id
    from pg_control_system() s, pg_control_checkpoint() c, pg_database d where d.datname = current_database()
$$;

-- Seals what has grown, in one transaction. A chain that somebody is appending to is left to the next seal, so sealing waits for nobody.
-- Answers with the newest seal, or no row where nothing has grown or another server is sealing.
create function audit_seal_now(at text) returns setof audit_seal
    language plpgsql security definer set search_path from current as $$
declare
    last audit_seal;
    new  audit_seal;
    grown text[];
    lines bytea;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('audit_seal', 0)) then
        return;
    end if;
    select array_agg(c.case_key order by c.case_key collate "C"),
           string_agg(convert_to(c.case_key || ' ' || c.number || ' ' || encode(c.hash, 'hex') || E'\n', 'UTF8'), ''::bytea
                      order by c.case_key collate "C")
    into grown, lines
    from (select * from audit_chain where sealed < number order by case_key limit 20000 for no key update skip locked) c;
    if grown is null then
        return;
    end if;
    select * into last from audit_seal order by number desc limit 1;
    new.number := coalesce(last.number, 0) + 1;
    new.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
    new.document := format('{"at":%s,"cases":%s,"database":%s,"digest":"%s","number":%s}', to_json(at), cardinality(grown),
                           to_json(audit_database()), encode(sha256(lines), 'hex'), new.number);
    new.hash := sha256(new.previous || convert_to(new.document, 'UTF8'));
    insert into audit_seal values (new.*);
    insert into audit_sealed_case
    select new.number, c.case_key, c.number, c.hash from audit_chain c where c.case_key = any (grown);
    update audit_chain set sealed = number where case_key = any (grown);
    return next new;
end $$;

-- Forgets what the entries of an ended case say of people; the entries and their hashes stay. Answers with how many values went.
create function audit_erase_personal(erased_case text) returns int
    language plpgsql security definer set search_path from current as $$
declare
    erased int;
begin
    if exists (select from takeover where key = erased_case and stage <> 'CLOSED') then
        raise exception 'The case % is still open', erased_case using errcode = 'object_not_in_prerequisite_state';
    end if;
    perform set_config('audit.erasing', 'on', true);
    delete from audit_personal where case_key = erased_case;
    get diagnostics erased = row_count;
    perform set_config('audit.erasing', 'off', true);
    return erased;
end $$;

-- Where the product signs in to the database as another than the owner of these tables, this leaves that role reading and appending.
create procedure audit_restrict(product name) language plpgsql as $$
begin
    execute format('revoke all on audit_chain, audit_entry, audit_personal, audit_seal, audit_sealed_case from %I', product);
    execute format('grant select on audit_chain, audit_entry, audit_personal, audit_seal, audit_sealed_case to %I', product);
end $$;
revoke all on procedure audit_restrict from public;

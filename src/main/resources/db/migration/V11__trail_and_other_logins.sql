-- When the database itself says that a row came; no caller can say otherwise. Of earlier rows that is not known. It is in no hash.
alter table audit_entry add recorded_at timestamptz;
alter table audit_entry alter recorded_at set default clock_timestamp();
alter table audit_seal add recorded_at timestamptz;
alter table audit_seal alter recorded_at set default clock_timestamp();

create or replace function audit_seal_now(at text) returns setof audit_seal
    language plpgsql security definer as $$
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
    insert into audit_seal (number, document, previous, hash)
    values (new.number, new.document, new.previous, new.hash) returning * into new;
    insert into audit_sealed_case
    select new.number, c.case_key, c.number, c.hash from audit_chain c where c.case_key = any (grown);
    update audit_chain set sealed = number where case_key = any (grown);
    return next new;
end $$;

-- Forgets what the entries of a case say of people, and says so in its chain: whoever calls this cannot have the one without the other.
-- The entries and their hashes stay. Answers with how many values went.
drop function audit_erase_personal(text);
create function audit_erase_personal(erased_case text, at text, actor text, rule text) returns int
    language plpgsql security definer as $$
declare
    erased int;
begin
    perform set_config('audit.erasing', 'on', true);
    delete from audit_personal where case_key = erased_case;
    get diagnostics erased = row_count;
    perform set_config('audit.erasing', 'off', true);
    if erased > 0 then
        perform audit_append(jsonb_build_array(jsonb_build_object(
            'case', erased_case, 'at', at, 'actor', actor, 'what', 'PERSONAL_DATA_ERASED',
            'document', format('{"actor":%s,"at":%s,"case":%s,"content":{"rule":%s,"values":%s},"what":"PERSONAL_DATA_ERASED"}',
                               to_json(actor), to_json(at), to_json(erased_case), to_json(rule), erased))), '[]');
    end if;
    return erased;
end $$;

-- What runs with its owner's rights sees the product's schema alone: not even a table that its caller made for the moment.
do $$
declare
    each regprocedure;
begin
    for each in select oid from pg_proc where prosecdef and pronamespace = current_schema()::regnamespace loop
        execute format('alter function %s set search_path = %I, pg_temp', each, current_schema());
        execute format('revoke execute on function %s from public', each);
    end loop;
end $$;
-- Nor is what later migrations make for everybody; where the product signs in as another role, they say that it is for it.
alter default privileges revoke execute on functions from public;

-- Where the product signs in to the database as another than the owner of these tables, this leaves that role reading and appending.
create or replace procedure audit_restrict(product name) language plpgsql as $$
begin
    execute format('revoke all on audit_chain, audit_entry, audit_personal, audit_seal, audit_sealed_case from %I', product);
    execute format('grant select on audit_chain, audit_entry, audit_personal, audit_seal, audit_sealed_case to %I', product);
    execute format('grant execute on function audit_append, audit_database, audit_erase_personal, audit_seal_now to %I', product);
end $$;

-- The product's role is the one that the owner lets write cases.
do $$
declare
    each name;
begin
    for each in
        select distinct r.rolname
        from pg_class c, aclexplode(c.relacl) a join pg_roles r on r.oid = a.grantee
        where c.oid = 'takeover'::regclass and a.privilege_type = 'INSERT' and a.grantee <> c.relowner
    loop
        call audit_restrict(each);
    end loop;
end $$;

-- Which accounts of staff were made for people of identity providers is kept beside them from now on. Of those that are there already,
-- the name says so.
do $$
begin
    if to_regclass('act_id_user') is not null and to_regclass('act_id_info') is not null then
        insert into act_id_info (id_, rev_, user_id_, type_, key_, value_)
        select gen_random_uuid()::text, 1, u.id_, 'userinfo', 'identity-provider', split_part(u.id_, '.', 1)
        from act_id_user u where u.id_ ~ '^[a-z0-9]{1,20}[.].';
    end if;
end $$;

-- That the mail server is asked changes no column of an index, and there is room beside the row: of all indexes of mails, none is written for it.
drop index mail_asked;
create index mail_repeated on mail (id) where repeated;
alter table mail set (fillfactor = 60);

-- As in V2, but with one statement for all chains and one for all entries. Chains that begin do so in the order of their keys and before
-- any is locked, so that two who append to the same cases still never wait for each other in a circle.
create or replace function audit_append(entries jsonb, personal jsonb) returns void
    language plpgsql security definer as $$
declare
    entry    record;
    head     audit_chain;
    numbers  int[]   := '{}';
    previous bytea[] := '{}';
    hashes   bytea[] := '{}';
begin
    insert into audit_personal (digest, case_key, salt, value)
    select decode(p.digest, 'hex'), p."case", decode(p.salt, 'hex'), p.value
    from jsonb_to_recordset(personal) as p("case" text, digest text, salt text, value text);
    insert into audit_chain (case_key, number, hash)
    select distinct (e.value ->> 'case') collate "C", 0, decode(repeat('00', 32), 'hex')
    from jsonb_array_elements(entries) as e(value) order by 1
    on conflict do nothing;
    for entry in
        select e.value ->> 'case' as case_key, e.value ->> 'document' as document
        from jsonb_array_elements(entries) with ordinality as e(value, place)
        order by e.place
    loop
        if head.case_key is distinct from entry.case_key then
            select * into head from audit_chain where case_key = entry.case_key for no key update;
        end if;
        previous := array_append(previous, head.hash);
        head.number := head.number + 1;
        head.hash := sha256(head.hash || convert_to(entry.document, 'UTF8'));
        numbers := array_append(numbers, head.number);
        hashes := array_append(hashes, head.hash);
    end loop;
    with grown as (
        insert into audit_entry (case_key, number, at, actor, what, document, previous, hash)
        select e.value ->> 'case', n.number, (e.value ->> 'at')::timestamptz, e.value ->> 'actor', e.value ->> 'what',
               e.value ->> 'document', n.previous, n.hash
        from jsonb_array_elements(entries) with ordinality as e(value, place)
            join unnest(numbers, previous, hashes) with ordinality as n(number, previous, hash, place) on n.place = e.place
        order by e.place
        returning case_key, number, hash)
    update audit_chain c set number = g.number, hash = g.hash
    from (select distinct on (case_key) case_key, number, hash from grown order by case_key, number desc) g
    where c.case_key = g.case_key;
end $$;
-- As V11 has it: it sees the product's schema alone, not even a table that its caller made for the moment.
do $$
begin
    execute format('alter function audit_append set search_path = %I, pg_temp', current_schema());
end $$;

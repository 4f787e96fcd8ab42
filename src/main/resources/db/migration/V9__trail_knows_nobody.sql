-- The trail forgets what it is told to forget, and knows no case but by its key.
create or replace function audit_erase_personal(erased_case text) returns int
    language plpgsql security definer set search_path from current as $$
declare
    erased int;
begin
    perform set_config('audit.erasing', 'on', true);
    delete from audit_personal where case_key = erased_case;
    get diagnostics erased = row_count;
    perform set_config('audit.erasing', 'off', true);
    return erased;
end $$;

-- Retention's own rule, whoever forgets and by whatever way: nothing that was said of people is forgotten while their case is open.
create function retention_refuse_open_case() returns trigger language plpgsql
    security definer set search_path from current as $$
begin
    if exists (select from takeover where key = old.case_key and stage <> 'CLOSED') then
        raise exception 'The case % is still open', old.case_key using errcode = 'object_not_in_prerequisite_state';
    end if;
    return old;
end $$;
create trigger keeps_people_of_open_cases before delete on audit_personal
    for each row execute function retention_refuse_open_case();

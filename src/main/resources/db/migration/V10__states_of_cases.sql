-- A case says of itself what it needs to go on: what was agreed beside what is in force, which reminders are to come, how often the
-- platform has said no. "reason" also says, while a case is open, what stands in its way or why nothing is agreed.
alter table quote add follows text references quote;
alter table takeover
    add agreed_quote_number text references quote,
    add reminders timestamptz[] not null default '{}',
    add rejections int not null default 0;
alter table takeover add foreign key (quote_number) references quote;

-- Cases of the version before.
update takeover t set agreed_quote_number = (
        select r.quote_number from consent_request r
        where r.takeover_key = t.key and r.way = t.way and r.status = 'CONFIRMED' order by r.asked_at desc limit 1)
where t.stage in ('SCHEDULED', 'PROBLEM');
update quote q set follows = t.agreed_quote_number
from takeover t where t.quote_number = q.number and t.agreed_quote_number <> t.quote_number;
update takeover t set reason = (
        select e.detail from takeover_event e
        where e.takeover_key = t.key and e.what in ('CHECK_FAILED', 'SWITCH_REJECTED') order by e.number desc limit 1)
where t.stage = 'PROBLEM';
-- What billing operations have decided is done by a job that may still be on its way.
update takeover t set stage = case decided.what when 'CHANGE_CANCELLED' then 'STOPPING' else 'SCHEDULED' end,
                      reason = case decided.what when 'CHANGE_CANCELLED' then 'CHANGE_CANCELLED' end,
                      billing_date = case decided.what when 'PROBLEM_RETRIED' then t.billing_date end,
                      due = case decided.what when 'PROBLEM_RETRIED' then timestamptz 'epoch' end
from (select distinct on (takeover_key) takeover_key, what from takeover_event
      where what in ('CHECK_FAILED', 'SWITCH_REJECTED', 'PROBLEM_RETRIED', 'CHANGE_CANCELLED')
      order by takeover_key, number desc) decided
where t.stage = 'PROBLEM' and decided.takeover_key = t.key and decided.what in ('PROBLEM_RETRIED', 'CHANGE_CANCELLED');
update takeover t set (rejections, reason) = (
        select count(*), max(e.detail) from takeover_event e
        where e.takeover_key = t.key and e.what = 'SWITCH_REJECTED' and e.number > (
            select max(s.number) from takeover_event s
            where s.takeover_key = t.key and s.what in ('CHANGE_SCHEDULED', 'BILLING_DATE_MOVED', 'PROBLEM_RETRIED')))
where t.stage = 'SCHEDULED' and t.due > timestamptz 'epoch';
-- That version had no other reminders than those of its own table, on the third and the seventh day.
update takeover t set reminders = (
        select coalesce(array_agg(day.reminder order by day.reminder), '{}')
        from consent_request r
            join client c on c.id = t.client_id,
            lateral (select ((r.asked_at at time zone c.time_zone)::date + days + time '09:00') at time zone c.time_zone as reminder
                     from (values (3), (7)) as after (days)) as day
        where r.takeover_key = t.key and r.status = 'OPEN' and day.reminder < t.due
          and day.reminder > coalesce((select max(e.at) from takeover_event e
                                       where e.takeover_key = t.key and e.what = 'CLIENT_REMINDED' and e.detail = r.quote_number), r.asked_at))
where t.stage = 'ASKING';

-- A payer changes only where the client agreed: to this change of this case, at this cost or a dearer one that it took the place of.
create function billing_change_was_agreed() returns trigger language plpgsql as $$
begin
    if not exists (
        with recursive earlier as (
            select new.quote_number as number
            union
            select q.follows from quote q join earlier e on q.number = e.number where q.follows is not null)
        select from consent_request r join earlier e on e.number = r.quote_number
        where r.takeover_key = new.takeover_key and r.way = new.way and r.status = 'CONFIRMED'
          and (r.answer ->> 'confirmed')::boolean) then
        raise exception 'The client of % has not agreed to this change', new.takeover_key using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger was_agreed before insert or update on billing_change
    for each row execute function billing_change_was_agreed();

-- When a switch is kept, subscription, ledger and case name the same payer. Afterwards the newest change counts; an old case is history.
create function billing_change_is_one_payer() returns trigger language plpgsql as $$
begin
    if not exists (
        select from subscription s
            join takeover t on t.key = new.takeover_key
            join payer_period p on p.company_id = t.company_id and p.product = s.product and p.days @> new.billing_date
        where s.id = new.subscription_id and s.client_id = t.client_id
          and s.payer = new.to_payer and p.payer = new.to_payer and t.way = new.way
          and new.to_payer = case new.way when 'FIRM_TAKES_TIME' then 'FIRM' else 'CLIENT' end) then
        raise exception 'The payer of % is not the same everywhere', new.takeover_key using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger one_payer after insert or update on billing_change
    deferrable initially deferred for each row execute function billing_change_is_one_payer();

-- What a case wants of the billing platform, and how far that has come. Written by the case in its own transaction, by whoever has talked
-- to the platform in another.
create table booking (
    key           text        primary key,
    takeover_key  text        not null references takeover,
    number        int         not null,
    company_id    text        not null,
    product       text        not null check (product in ('QUICKBOOKS_ONLINE', 'QUICKBOOKS_TIME')),
    firm_id       text        not null,
    new_payer     text        not null check (new_payer in ('FIRM', 'CLIENT')),
    effective     date        not null,
    time_zone     text        not null,
    cut_off       timestamptz not null,
    wanted        boolean     not null default true,
    progress      text        not null default 'WAITING'
        check (progress in ('WAITING', 'BOOKED', 'CONFIRMED', 'REJECTED', 'TOO_LATE', 'WITHDRAWN')),
    reason        text,
    -- When the case came to want it, or not to want it any more.
    since         timestamptz not null default now(),
    -- Whether the platform may have heard of it.
    asked         boolean     not null default false,
    -- Until when whoever talks to the platform about it has it in hand.
    in_hand_until timestamptz,
    -- When the platform is to be asked; null when nothing is left to ask.
    next_look     timestamptz,
    told_at       timestamptz,
    unique (takeover_key, number)
);
create unique index on booking (takeover_key) where wanted;
create index on booking (next_look) where next_look is not null;
create index on booking (company_id, product) where not wanted and next_look is not null;

-- Until when a change that is scheduled can be booked and withdrawn; what was rejected has none until it is booked anew.
alter table takeover add cut_off timestamptz;

-- Every change that was scheduled by a version before is booked once, in the ledger that was the only platform.
update takeover t set cut_off = (t.billing_date + time '02:00') at time zone c.time_zone
from client c
where c.id = t.client_id and t.stage = 'SCHEDULED' and t.rejections = 0
  and not exists (select from billing_change b where b.takeover_key = t.key);
insert into booking (key, takeover_key, number, company_id, product, firm_id, new_payer, effective, time_zone, cut_off, next_look)
select t.key || '/' || t.way || '/' || t.billing_date || '/1', t.key, 1, t.company_id,
       case t.way when 'FIRM_TAKES_TIME' then 'QUICKBOOKS_TIME' else 'QUICKBOOKS_ONLINE' end, t.firm_id,
       case t.way when 'FIRM_TAKES_TIME' then 'FIRM' else 'CLIENT' end, t.billing_date, c.time_zone, t.cut_off, now()
from takeover t join client c on c.id = t.client_id
where t.cut_off is not null;

-- No proof, no switch: a payer changes only by a booking of this case that the platform has confirmed for that date.
create function billing_change_was_confirmed() returns trigger language plpgsql as $$
begin
    if not exists (
        select from booking b
        where b.takeover_key = new.takeover_key and b.progress = 'CONFIRMED' and b.effective = new.billing_date
          and b.new_payer = new.to_payer) then
        raise exception 'The platform has not confirmed the change of %', new.takeover_key using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger was_confirmed before insert on billing_change
    for each row execute function billing_change_was_confirmed();

-- The ledger's own books: what is booked there, and what became of it when the bills of that date were made.
create table ledger_booking (
    key        text        primary key,
    company_id text        not null,
    company    text        not null generated always as (company_key(company_id)) stored,
    product    text        not null,
    firm_id    text        not null,
    new_payer  text        not null,
    effective  date        not null,
    made_at    timestamptz not null,
    standing   text        not null default 'BOOKED' check (standing in ('BOOKED', 'EFFECTIVE', 'LAPSED', 'WITHDRAWN')),
    reason     text
);
create unique index on ledger_booking (company, product) where standing = 'BOOKED';
create index on ledger_booking (made_at) where standing = 'BOOKED';

-- It kept the answers of a version that switched at once.
drop table ledger_request;

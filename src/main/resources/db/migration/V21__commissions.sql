-- What a firm has earned is known from the first bill or list on that says something of it; before, it is not nothing but unknown.
create table commission_account (
    firm_id    text primary key references firm,
    -- The last day of the last quarter that was settled: what was earned after it waits for the next.
    settled_to date not null
);
insert into commission_account (firm_id, settled_to)
select firm_id,
    (date_trunc('quarter', coalesce(min(day) filter (where payout_id is null), max(day))) - interval '1 day')::date
from commission_entry group by firm_id;

-- What is known of the subscription that firms earn on.
create table commission_source (
    subscription_id uuid primary key references subscription,
    -- The day of the newest list that said what is unpaid; what was billed up to it is part of that.
    listed_as_of    date,
    -- From this day on nothing accrues: a take-over ended it.
    ended_on        date
);
insert into commission_source (subscription_id, listed_as_of)
select subscription_id, max(day) from commission_entry where subscription_id is not null group by subscription_id;

-- An entry is of one bill of the platform, or of a list as of its day: by how much it says more, or less, than was known.
alter table commission_entry drop constraint commission_entry_subscription_id_day_key;
alter table commission_entry
    add bill    text,
    add base    numeric(12, 2),
    add percent numeric(8, 6),
    add check (num_nonnulls(bill, base, percent) in (0, 3));
create unique index commission_entry_of_bill on commission_entry (subscription_id, bill) where bill is not null;
create unique index commission_entry_of_list on commission_entry (subscription_id, day) where bill is null;
create index commission_entry_by_firm on commission_entry (firm_id, day desc, id);
create index commission_entry_by_payout on commission_entry (payout_id) where payout_id is not null;

-- A payout is of a take-over or of a quarter, one for each.
alter table commission_payout alter takeover_key drop not null;
alter table commission_payout
    add quarter text check (quarter ~ '^[0-9]{4}-Q[1-4]$'),
    add check (num_nonnulls(takeover_key, quarter) = 1),
    add unique (firm_id, quarter),
    -- When whoever pays was asked to, and when it was known that they have the order.
    add asked_at       timestamptz,
    add handed_over_at timestamptz;
create index commission_payout_by_firm on commission_payout (firm_id, paid_at desc);
-- Nobody is to be paid again what was told as paid before there were orders.
update commission_payout set handed_over_at = paid_at;
create index commission_payout_to_hand_over on commission_payout (paid_at) where handed_over_at is null;

-- What became of each quarter of a firm: paid, or carried over.
create table commission_quarter (
    firm_id    text           not null references firm,
    quarter    text           not null check (quarter ~ '^[0-9]{4}-Q[1-4]$'),
    balance    numeric(12, 2) not null,
    threshold  numeric(12, 2) not null,
    currency   text           not null,
    settled_at timestamptz    not null,
    payout_id  uuid unique references commission_payout,
    primary key (firm_id, quarter)
);

-- A mail is about a case, about a client that has none, or about a firm.
alter table mail add firm_id text references firm;
alter table mail drop constraint mail_check;
alter table mail add constraint mail_about_one check (num_nonnulls(takeover_key, client_id, firm_id) = 1);
create index mail_by_firm on mail (firm_id, posted_at) where firm_id is not null;

-- A range of days and an equality in one exclusion constraint need this extension; it ships with PostgreSQL.
create extension if not exists btree_gist;

create table firm (
    id                     text primary key,
    name                   text    not null,
    email                  text    not null,
    language               text    not null check (language in ('FR', 'EN')),
    country                text    not null,
    province               text    not null,
    time_zone              text    not null,
    currency               text    not null,
    wholesale_billing      boolean not null,
    payment_method_on_file boolean not null,
    bill_day               int     not null check (bill_day between 1 and 31)
);

create table client (
    id                 uuid primary key,
    firm_id            text not null references firm,
    company_id         text not null,
    name               text not null,
    admin_name         text not null,
    admin_email        text not null,
    language           text not null check (language in ('FR', 'EN')),
    country            text not null,
    province           text not null,
    time_zone          text not null,
    currency           text not null,
    integration_status text not null check (integration_status in ('ACTIVE', 'STOPPED')),
    stop_date          date,
    unique (firm_id, company_id)
);
create index client_by_name on client (firm_id, lower(name), id);
create index client_by_stop_date on client (stop_date) where integration_status = 'ACTIVE';

create table subscription (
    id                  uuid primary key,
    client_id           uuid    not null references client,
    product             text    not null check (product in ('QUICKBOOKS_ONLINE', 'QUICKBOOKS_TIME')),
    plan                text    not null,
    users               int     not null check (users >= 0),
    payer               text    not null check (payer in ('FIRM', 'CLIENT')),
    price_basis         text    not null check (price_basis in ('LIST', 'WHOLESALE', 'PROADVISOR_PREFERRED')),
    cycle               text    not null check (cycle in ('MONTHLY', 'ANNUAL')),
    billing_day         int     not null check (billing_day between 1 and 31),
    renewal_date        date    check (cycle = 'MONTHLY' or renewal_date is not null),
    included_in_payroll boolean not null,
    status              text    not null check (status in ('ACTIVE', 'PAST_DUE', 'SUSPENDED', 'CANCELLED')),
    unique (client_id, product)
);

-- The embedded ledger: who pays for a company's product on which days. Two payers on one day are impossible.
create table payer_period (
    company_id text      not null,
    product    text      not null check (product in ('QUICKBOOKS_ONLINE', 'QUICKBOOKS_TIME')),
    payer      text      not null check (payer in ('FIRM', 'CLIENT')),
    firm_id    text      not null,
    days       daterange not null check (not isempty(days) and not lower_inf(days)),
    exclude using gist (company_id with =, product with =, days with &&)
);

-- Every answered request of the ledger, so that the same request gets the same answer.
create table ledger_request (
    key       text primary key,
    effective date not null
);

create table commission_entry (
    id              uuid primary key,
    firm_id         text           not null references firm,
    subscription_id uuid references subscription,
    amount          numeric(12, 2) not null,
    currency        text           not null,
    day             date           not null,
    payout_id       uuid,
    unique (subscription_id, day)
);
create index commission_entry_unpaid on commission_entry (firm_id) where payout_id is null;

create table commission_payout (
    id           uuid primary key,
    firm_id      text           not null references firm,
    takeover_key text           not null unique,
    amount       numeric(12, 2) not null check (amount > 0),
    currency     text           not null,
    paid_at      timestamptz    not null
);
alter table commission_entry add foreign key (payout_id) references commission_payout;

create table takeover (
    key             text primary key,
    firm_id         text        not null references firm,
    client_id       uuid        not null references client,
    company_id      text        not null,
    way             text        not null,
    stage           text        not null,
    quote_number    text,
    billing_date    date,
    opened_by       text        not null,
    opened_at       timestamptz not null,
    acknowledged_by text,
    acknowledged_at timestamptz,
    due             timestamptz,
    outcome         text check ((outcome is null) = (stage <> 'CLOSED')),
    reason          text,
    closed_at       timestamptz
);
-- One open take-over per client, whichever firm opened it.
create unique index takeover_one_open on takeover (company_id) where stage <> 'CLOSED';
create index takeover_by_client on takeover (client_id, opened_at desc);
create sequence takeover_number;

create table quote (
    number       text primary key,
    takeover_key text        not null references takeover,
    made_at      timestamptz not null,
    valid_until  timestamptz not null,
    content      jsonb       not null
);
create sequence quote_number;

create table consent_request (
    id           uuid primary key,
    takeover_key text        not null references takeover,
    way          text        not null,
    quote_number text        not null references quote,
    name         text        not null,
    email        text        not null,
    language     text        not null,
    last_day     date        not null,
    status       text        not null,
    asked_at     timestamptz not null,
    answer       jsonb
);
create unique index consent_request_one_open on consent_request (takeover_key) where status = 'OPEN';
create index consent_request_by_takeover on consent_request (takeover_key, asked_at);

-- The hash of each link's token; the token itself is kept nowhere.
create table consent_link (
    token_hash bytea primary key,
    request_id uuid not null unique references consent_request
);

-- A switch happens once: a second change of the same case in the same way cannot be recorded.
create table billing_change (
    takeover_key    text        not null references takeover,
    way             text        not null,
    subscription_id uuid        not null references subscription,
    quote_number    text        not null references quote,
    from_payer      text        not null,
    to_payer        text        not null check (to_payer <> from_payer),
    billing_date    date        not null,
    switched_at     timestamptz not null,
    primary key (takeover_key)
);

-- What happened in a case, in the words of the business.
create table takeover_event (
    takeover_key text        not null references takeover,
    number       bigint generated always as identity,
    at           timestamptz not null,
    actor        text        not null,
    what         text        not null,
    detail       text,
    primary key (takeover_key, number)
);

-- Mails that wait, and what was sent: the digest is SHA-256 of the text version in UTF-8; links are not kept.
create table mail (
    id              uuid primary key,
    takeover_key    text        not null,
    kind            text        not null,
    party           text        not null check (party in ('FIRM', 'CLIENT')),
    name            text        not null,
    email           text        not null,
    language        text        not null,
    french_first    boolean     not null,
    facts           jsonb       not null,
    consent_request uuid,
    posted_at       timestamptz not null,
    subject         text,
    body_digest     bytea,
    sent_at         timestamptz
);
create index mail_by_takeover on mail (takeover_key, posted_at);

-- How far the demo's clock has been moved; empty in production.
create table demo_clock (
    only_row boolean primary key default true check (only_row),
    ahead    interval not null
);

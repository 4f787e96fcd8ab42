-- The bills that the ledger makes: one of each payer for all that it pays.
create table ledger_bill (
    number   bigint      generated always as identity primary key,
    payer    text        not null check (payer in ('FIRM', 'CLIENT')),
    firm_id  text        not null references firm,
    -- The company whose bill it is, in the normal form of its id; of a firm's bill none.
    company  text        check ((payer = 'CLIENT') = (company is not null)),
    -- Local date of the payer.
    day      date        not null,
    currency text        not null,
    made_at  timestamptz not null
);
create unique index ledger_bill_once on ledger_bill (firm_id, coalesce(company, ''), day, currency);
create index ledger_bill_by_firm on ledger_bill (firm_id, number);

create table ledger_bill_line (
    id          bigint         generated always as identity primary key,
    bill        bigint         not null references ledger_bill,
    company_id  text           not null,
    company     text           not null generated always as (company_key(company_id)) stored,
    product     text           not null check (product in ('QUICKBOOKS_ONLINE', 'QUICKBOOKS_TIME')),
    plan        text           not null,
    users       int            not null,
    basis       text           not null,
    -- Local dates of the client; the last one is no longer part of it.
    from_day    date           not null,
    until_day   date           not null check (until_day > from_day),
    base_fee    numeric(12, 2) not null,
    per_user    numeric(12, 2) not null,
    net         numeric(12, 2) not null,
    tax_names   text[]         not null,
    tax_amounts numeric(12, 2)[] not null check (cardinality(tax_amounts) = cardinality(tax_names)),
    total       numeric(12, 2) not null,
    -- The line of an earlier bill of which this gives something back.
    credits     bigint         references ledger_bill_line,
    -- What the demo's desk had it do wrong, until it is given back.
    mistake     text
);
create index ledger_bill_line_by_bill on ledger_bill_line (bill);
create index ledger_bill_line_by_company on ledger_bill_line (company, product);

-- Up to which day the bills are made of those who live in a time zone.
create table ledger_bill_run (
    time_zone text primary key,
    made_to   date not null
);

-- What the demo's desk has the ledger do wrong on a firm's bills and those of its clients; empty in production.
create table ledger_mistake (
    firm_id text primary key,
    mistake text not null
);

-- Up to which bill of a platform the commissions are counted.
create table commission_bills_read (
    platform text primary key,
    last     text not null
);

-- After a change of payer: what the first bills of both parties say of it.
create table first_bills (
    booking       text        primary key references booking,
    -- When each party is to have been billed.
    made_at       timestamptz not null,
    finding       text        not null default 'AWAITED'
        check (finding in ('AWAITED', 'AS_AGREED', 'REFUND_DUE', 'REFUNDED', 'DIFFERENT', 'BEING_CORRECTED', 'EXPLAINED')),
    -- The bills as they were read, and what was found in them.
    compared      jsonb,
    in_hand_until timestamptz,
    -- When they are read next; null at the end.
    next_look     timestamptz,
    check ((finding in ('AS_AGREED', 'REFUNDED', 'EXPLAINED')) = (next_look is null)),
    check (finding = 'AWAITED' or compared is not null)
);
create index on first_bills (next_look) where next_look is not null;

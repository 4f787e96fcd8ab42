-- Where the changes of a firm are made: those of earlier versions, also of their nodes beside this one, were all made in the ledger. What
-- is booked stays where it is.
alter table firm add platform text not null default 'LEDGER' check (platform in ('LEDGER', 'BY_HAND'));
alter table booking add platform text not null default 'LEDGER' check (platform in ('LEDGER', 'BY_HAND'));

-- What a firm is to change in its accountant product itself, how far it is, and what has proved it.
create table change_by_hand (
    key         text        primary key,
    company_id  text        not null,
    company     text        not null generated always as (company_key(company_id)) stored,
    product     text        not null check (product in ('QUICKBOOKS_ONLINE', 'QUICKBOOKS_TIME')),
    firm_id     text        not null references firm,
    new_payer   text        not null check (new_payer in ('FIRM', 'CLIENT')),
    effective   date        not null,
    time_zone   text        not null,
    step        text        not null check (step in ('TO_MAKE', 'MADE', 'PROVED', 'LAPSED', 'TO_TAKE_BACK', 'WITHDRAWN')),
    reason      text        check (step <> 'LAPSED' or reason is not null),
    proof       text        check (proof in ('LIST', 'BILL')),
    -- The day of which the list is, or on which the bill was sent in.
    proved_on   date,
    asked_at    timestamptz not null,
    -- No proof, no change.
    check ((step = 'PROVED') = (proof is not null and proved_on is not null)),
    check (proved_on >= effective)
);
create unique index on change_by_hand (company, product) where step in ('TO_MAKE', 'MADE', 'TO_TAKE_BACK');

-- Bills that firms send in as a proof of these, kept as long as the personal data of their case.
create table bill_sent_in (
    id         uuid        primary key,
    booking    text        not null references change_by_hand,
    name       text        not null,
    type       text        not null check (type in ('PDF', 'PNG', 'JPEG')),
    content    bytea       not null,
    sent_in_at timestamptz not null
);
create index on bill_sent_in (booking);

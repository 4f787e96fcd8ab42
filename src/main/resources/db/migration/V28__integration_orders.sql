-- That the integration of a client is to be stopped or restarted, and how far that has come. Written by whoever decides it in the
-- transaction of the decision, by whoever has talked to the platform in another.
create table integration_order (
    key           text        primary key,
    client_id     uuid        not null references client,
    -- The case in which it was decided; null where there was none.
    takeover_key  text        references takeover,
    number        int         not null,
    company_id    text        not null,
    company       text        not null generated always as (company_key(company_id)) stored,
    firm_id       text        not null,
    status        text        not null check (status in ('ACTIVE', 'STOPPED')),
    -- From which local date of the client on.
    as_of         date        not null,
    platform      text        not null check (platform in ('LEDGER', 'BY_HAND')),
    wanted        boolean     not null default true,
    progress      text        not null default 'WAITING' check (progress in ('WAITING', 'CONFIRMED', 'WITHDRAWN')),
    -- When somebody came to want it, or not to want it any more.
    since         timestamptz not null,
    -- Whether the platform may have heard of it.
    asked         boolean     not null default false,
    -- Until when whoever talks to the platform about it has it in hand.
    in_hand_until timestamptz,
    -- When the platform is to be asked; null when nothing is left to ask.
    next_look     timestamptz,
    told_at       timestamptz,
    unique (company, number)
);
create unique index on integration_order (client_id) where wanted and progress = 'WAITING';
create index on integration_order (client_id);
create index on integration_order (next_look) where next_look is not null;

-- The ledger's own books of what it was ordered: whatever came first of a key stays.
create table ledger_integration (
    key        text        primary key,
    company_id text        not null,
    status     text        not null check (status in ('ACTIVE', 'STOPPED')),
    as_of      date        not null,
    standing   text        not null check (standing in ('DONE', 'WITHDRAWN')),
    at         timestamptz not null
);

-- What a firm is to stop or to restart in its accountant product itself, and what has shown that it is done.
create table integration_by_hand (
    key        text        primary key,
    company_id text        not null,
    company    text        not null generated always as (company_key(company_id)) stored,
    firm_id    text        not null references firm,
    status     text        not null check (status in ('ACTIVE', 'STOPPED')),
    as_of      date        not null,
    step       text        not null check (step in ('TO_SET', 'SET', 'WITHDRAWN')),
    -- The member of staff who said that it is done.
    said_by    text,
    -- The day of the list that showed it.
    shown_on   date        check (shown_on >= as_of),
    asked_at   timestamptz not null,
    check ((step = 'SET') = (said_by is not null or shown_on is not null))
);
create unique index on integration_by_hand (company) where step = 'TO_SET';

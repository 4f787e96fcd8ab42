-- What a platform would say to the change that a case is about, asked ahead. Written by the case in its own transaction, the answer by
-- whoever has talked to the platform in another.
create table preview (
    -- The case.
    key           text        primary key references takeover,
    -- What is asked about, as a booking of it would be called; by this key nothing is booked.
    order_key     text        not null,
    company_id    text        not null,
    product       text        not null,
    firm_id       text        not null,
    new_payer     text        not null,
    effective     date        not null,
    time_zone     text        not null,
    platform      text        not null check (platform in ('LEDGER', 'BY_HAND')),
    wanted        boolean     not null default true,
    -- Whether the platform has been asked at all.
    asked         boolean     not null default false,
    -- Until when whoever asks the platform has it in hand.
    in_hand_until timestamptz,
    -- When the platform is asked next; null where it is not.
    next_look     timestamptz,
    answer        text        check (answer in ('Accepts', 'Refuses', 'NotKnown')),
    reason        text,
    answered_at   timestamptz,
    check ((answer is null) = (answered_at is null)),
    check ((answer is not distinct from 'Refuses') = (reason is not null))
);
create index on preview (next_look) where next_look is not null;

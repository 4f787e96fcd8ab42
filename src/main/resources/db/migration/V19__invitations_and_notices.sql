-- A mail may wait for its recipient's morning; what one person waits for leaves as one mail. "sent_with" is the one that carries it.
alter table mail
    add for_morning boolean not null default false,
    add sent_with uuid references mail check (sent_with <> id);
create index mail_sent_with on mail (sent_with) where sent_with is not null;
create index mail_for_morning on mail (email, due_at) where for_morning and state = 'WAITING';

-- Firms that wish one mail a day instead of one for each thing that happens.
create table firm_digest (
    firm_id text primary key references firm
);

-- What a firm was told of a client with two payers, while that lasts.
create table invitation (
    client_id   uuid primary key references client,
    found_on    date not null,
    invited_at  timestamptz,
    currency    char(3),
    -- What each way would change a month, taxes included; null where no price is known.
    firm_takes_time_firm      numeric(12, 2),
    firm_takes_time_client    numeric(12, 2),
    client_takes_online_firm   numeric(12, 2),
    client_takes_online_client numeric(12, 2)
);

-- What somebody was warned of, once for each day that it is about.
create table warning (
    takeover_key text not null references takeover,
    kind         text not null,
    about        date not null,
    primary key (takeover_key, kind, about)
);

-- Which mails told firm and client of a stop date: without them, that day stops nothing.
create table stop_notice (
    client_id uuid not null references client,
    party     text not null check (party in ('FIRM', 'CLIENT')),
    stop_date date not null,
    mail_id   uuid not null references mail,
    primary key (client_id, party, stop_date)
);

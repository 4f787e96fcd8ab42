-- Sessions of staff, the same at every node; the tables are those of Spring Session.
create table spring_session (
    primary_id            char(36) primary key,
    session_id            char(36) not null unique,
    creation_time         bigint   not null,
    last_access_time      bigint   not null,
    max_inactive_interval int      not null,
    expiry_time           bigint   not null,
    principal_name        text
);
create index on spring_session (expiry_time);
create index on spring_session (principal_name);

create table spring_session_attributes (
    session_primary_id char(36) not null references spring_session (primary_id) on delete cascade,
    attribute_name     text     not null,
    attribute_bytes    bytea    not null,
    primary key (session_primary_id, attribute_name)
);

-- Who is asking an identity provider again about a session, and until when the others wait for the answer.
create table session_renewal (
    session_id text primary key,
    until      timestamptz not null
);

-- Verifications of the trail, whichever node runs them; one at a time.
create table verification (
    id             uuid primary key,
    -- Which began last: the product's own time may be moved.
    began          bigint generated always as identity,
    started_by     text        not null,
    started_at     timestamptz not null,
    entries        bigint      not null default 0,
    entries_in_all bigint      not null default 0,
    -- When its node last said how far it was, by the database's time.
    alive_at       timestamptz not null default clock_timestamp(),
    ended_at       timestamptz,
    report         jsonb
);
create unique index on verification ((true)) where ended_at is null;

-- Imports that were started on the page, with their files until they end; whichever node has time runs the next one.
create table list_import (
    id         uuid primary key,
    began      bigint generated always as identity,
    firm_id    text    not null references firm,
    started_by text    not null,
    file_name  text    not null,
    dry_run    boolean not null,
    file       bytea,
    state      text    not null default 'Waiting' check (state in ('Waiting', 'Running', 'Done', 'Unusable', 'BrokenDown')),
    attempts   int     not null default 0,
    lines_read int     not null default 0,
    percent    int     not null default 0,
    -- What became of the lines that are stored, in the transaction that stored them.
    so_far     jsonb,
    fault      jsonb,
    -- When its node last said how far it was, and when it ended, by the database's time.
    alive_at   timestamptz,
    ended_at   timestamptz,
    check ((ended_at is null) = (file is not null)),
    check ((ended_at is null) = (state in ('Waiting', 'Running')))
);
create index on list_import (began) where ended_at is null;

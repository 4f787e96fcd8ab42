-- How far away the demo's desk makes the embedded ledger; empty in production.
create table ledger_desk (
    only_row     boolean primary key default true check (only_row),
    is_down      boolean not null default false,
    takes_millis int     not null default 0 check (takes_millis >= 0),
    -- How many of the next answers get lost.
    loses_next   int     not null default 0 check (loses_next >= 0)
);

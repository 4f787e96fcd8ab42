-- The orders that the payments file holds, each once by its key. No number of an account is in it: whoever pays knows that.
create table payment_order (
    key       text primary key,
    firm_id   text           not null references firm,
    firm_name text           not null,
    amount    numeric(12, 2) not null check (amount > 0),
    currency  text           not null,
    day       date           not null,
    reference text           not null,
    taken_at  timestamptz    not null
);
create index payment_order_by_time on payment_order (taken_at desc, key);

-- Since version 11 of the tables nobody may call a function by default. Where the product signs in as another role than their owner, it could
-- store no client, because these are in columns that the database computes. They read nothing, so they are for everybody.
grant execute on function company_key(text), plain_words(text) to public;

-- Bound to the other function as it is made, and no more looked for by name when it runs: a dump is restored where no schema is searched.
create or replace function searchable(said text) returns tsvector language sql immutable parallel safe
    return to_tsvector('simple', plain_words(said));

-- The form in which words are searched, the same as in the code: without case, accents, ligatures and width, with one space for whatever stands
-- between letters and digits.
create function plain_words(said text) returns text language sql immutable parallel safe as $$
    select trim(regexp_replace(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            lower(regexp_replace(normalize(said, NFKD), '[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]+', '', 'g')
                collate "und-x-icu"),
            'œ', 'oe'), 'æ', 'ae'), 'ø', 'o'), 'đ', 'd'), 'ð', 'd'), 'ł', 'l'), 'þ', 'th'), 'ß', 'ss'), 'ı', 'i'), 'ς', 'σ') collate "und-x-icu",
        '[^[:alnum:]]+', ' ', 'g'))
$$;

drop index client_by_words;
alter table client drop column words;
create or replace function searchable(said text) returns tsvector language sql immutable parallel safe as $$
    select to_tsvector('simple', plain_words(said))
$$;
alter table client add words tsvector generated always as (searchable(name || ' ' || company_id || coalesce(' ' || listed_id, ''))) stored;
create index client_by_words on client using gin (words);

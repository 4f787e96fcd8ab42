-- The form in which ids of companies are compared, the same as in the code: without width, case, kind of dash, spaces and what makes them text
-- for a spreadsheet.
create function company_key(listed text) returns text language sql immutable parallel safe as $$
    select replace(lower(regexp_replace(
        regexp_replace(
            regexp_replace(normalize(listed, NFKC),
                '[\u0001-\u0020\u007F-\u00A0\u00AD\u1680\u180E\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\uFEFF]+', '', 'g'),
            '[\u058A\u05BE\u1400\u1806\u2010-\u2015\u2212\u2E17\u2E1A\u2E3A\u2E3B\u2E40\u301C\u3030\u30A0]', '-', 'g'),
        '^(?:=?"(.*)"|''(.*))$', '\1\2') collate "und-x-icu"), U&'\03C2', U&'\03C3')
$$;

-- Spellings that turn out to be one company do not stop the upgrade: all but one of them are doubtful, and count for no rule below.
alter table client add company text generated always as (company_key(company_id)) stored;
alter table client add doubtful boolean not null default false;
update client c set doubtful = true
where exists (select from client e where e.firm_id = c.firm_id and e.company = c.company and e.listed < c.listed);
create unique index client_of_firm on client (firm_id, company) where not doubtful;
create index client_by_number on client (firm_id, ltrim(company, '0')) where company ~ '^[0-9]+$';

drop index client_by_company;
create index client_by_company on client (company, listed);
drop index client_believed;
update client c set believed = false
where believed and exists (select from client e where e.company = c.company and e.believed and e.listed < c.listed);
create unique index client_believed on client (company) where believed;

alter table takeover add company text generated always as (company_key(company_id)) stored;
alter table takeover add doubtful boolean not null default false;
update takeover t set doubtful = true
where stage <> 'CLOSED' and exists (
    select from takeover e
    where e.company = t.company and e.stage <> 'CLOSED' and (e.opened_at, e.key) < (t.opened_at, t.key));
drop index takeover_one_open;
create unique index takeover_one_open on takeover (company) where stage <> 'CLOSED' and not doubtful;
create index takeover_open_by_company on takeover (company) where stage <> 'CLOSED';

alter table payer_period add company text generated always as (company_key(company_id)) stored;
alter table payer_period add doubtful boolean not null default false;
update payer_period p set doubtful = true
where exists (
    select from payer_period e
    where e.company = p.company and e.product = p.product and e.days && p.days and e.company_id < p.company_id);
alter table payer_period drop constraint payer_period_company_id_product_days_excl;
alter table payer_period add constraint payer_period_one_payer
    exclude using gist (company with =, product with =, days with &&) where (not doubtful);

-- What became of lists that were imported before lines were skipped or marked.
update list_import set so_far = '{"skipped": 0, "warnings": [], "missing": [], "missingCount": 0}'::jsonb || so_far where so_far is not null;

-- What whoever imports a list says of it; unknown of imports before.
alter table list_import add as_of date;
alter table list_import add whole boolean not null default false;
alter table list_import add sha256 text;
-- The file of a dry run is kept for a while after it, to be imported for good.
alter table list_import drop constraint list_import_check;
alter table list_import add constraint list_import_file check (ended_at is not null or file is not null);

-- Files that were imported for good, by what they contain: nothing of a client can be read from it.
create table imported_list (
    id          bigint generated always as identity primary key,
    firm_id     text        not null references firm,
    sha256      text        not null check (sha256 ~ '^[0-9a-f]{64}$'),
    as_of       date        not null,
    whole       boolean     not null,
    imported_by text        not null,
    imported_at timestamptz not null
);
create index on imported_list (firm_id, sha256, id);

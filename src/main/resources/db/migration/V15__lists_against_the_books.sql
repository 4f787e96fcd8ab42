-- What the books say of payers is a list's word, which a later list of the same firm corrects, or a change that was made, which no list takes back.
alter table payer_period add listed boolean not null default false;
update payer_period p set listed = not exists (
    select from billing_change c
        join takeover t on t.key = c.takeover_key
        join subscription s on s.id = c.subscription_id
    where t.company = p.company and s.product = p.product and c.billing_date = lower(p.days));

create index payer_period_by_company on payer_period (company) where upper_inf(days);

-- As of which day the newest list that named a client was exported: an older one says nothing new of it. Unknown of lists before. Apart from
-- the client, since every list writes it of every client.
create table client_listed (
    client_id uuid primary key references client,
    as_of     date not null
);

-- The id as this firm lists it, where it lists another than the company's own number: zeros at its beginning may be missing.
alter table client add listed_id text;
alter table client add listed_key text generated always as (company_key(coalesce(listed_id, company_id))) stored;
create index client_by_listed_key on client (firm_id, listed_key);

drop index client_by_number;
create index client_by_number on client (ltrim(company, '0')) where company ~ '^[0-9]+$';

-- What lists say of a client and a person has to decide. While it holds, nothing is opened, mailed or switched for the client.
create table client_doubt (
    id           uuid        primary key default gen_random_uuid(),
    client_id    uuid        not null references client,
    kind         text        not null check (kind in ('PAYER', 'SPELLING', 'NOT_LISTED')),
    product      text        check ((product is not null) = (kind = 'PAYER')),
    listed_payer text        check ((listed_payer is not null) = (kind = 'PAYER')),
    as_of        date        not null,
    raised_at    timestamptz not null,
    holds        boolean     not null default true,
    answer       text        check (answer is not null or (answered_by is null and answered_at is null)),
    answered_by  text,
    answered_at  timestamptz
);
create unique index client_doubt_holding on client_doubt (client_id, kind, coalesce(product, '')) where holds;
create index client_doubt_open on client_doubt (raised_at, id) where answer is null;

-- Spellings that the upgrade before found to be one company, and those of one firm that may be: they differ by zeros at the beginning alone.
insert into client_doubt (client_id, kind, as_of, raised_at)
select id, 'SPELLING', current_date, now() from client c
where doubtful
   or exists (select from takeover t where t.client_id = c.id and t.doubtful and t.stage <> 'CLOSED')
   or company ~ '^[0-9]+$' and exists (
        select from client e
        where e.company ~ '^[0-9]+$' and ltrim(e.company, '0') = ltrim(c.company, '0') and e.firm_id = c.firm_id and e.listed < c.listed);

-- Ids on a firm's list that differ by zeros at the beginning alone from a company that is known, until somebody says whether it is that one.
create table doubtful_id (
    id          uuid        primary key default gen_random_uuid(),
    firm_id     text        not null references firm,
    listed_id   text        not null,
    listed_key  text        not null generated always as (company_key(listed_id)) stored,
    client_id   uuid        not null references client,
    -- As listed, for whoever compares; forgotten with the answer.
    name        text        not null,
    admin_email text        not null,
    raised_at   timestamptz not null,
    same        boolean,
    answered_by text,
    answered_at timestamptz,
    check ((same is null) = (answered_at is null)),
    unique (firm_id, listed_key, client_id)
);
create index doubtful_id_open on doubtful_id (raised_at, id) where same is null;


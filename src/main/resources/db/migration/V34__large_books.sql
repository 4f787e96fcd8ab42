-- A bill asks of each day on which somebody began to pay whether the ledger changed the payer then.
create index ledger_booking_in_effect on ledger_booking (company, product, effective) where standing = 'EFFECTIVE';

-- That nobody is paid for twice on a day is looked for by a number first: among texts, the index took half of an import's time. It stands for no
-- other question, since it says of its columns what none asks.
alter table payer_period drop constraint payer_period_one_payer;
alter table payer_period add constraint payer_period_one_payer exclude using gist (
    hashtextextended(company || ' ' || product, 0) with =, (company || ' ' || product) with =, days with &&) where (not doubtful);
drop index payer_period_by_company;
create index payer_period_by_company on payer_period (company);

-- The end of a split changes the client's stop date: without an index on it, and with room beside the row, none of the client's other indexes
-- is written. Dates that come near are looked for once a day, among all clients.
drop index client_by_stop_date;
alter table client set (fillfactor = 85);

-- What was said of people is read and forgotten by case. By its digest alone, which is random, each was written to another page of a large index.
alter table audit_personal drop constraint audit_personal_pkey;
alter table audit_personal add primary key (case_key, digest);
drop index audit_personal_by_case;

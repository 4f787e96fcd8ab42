-- What the embedded ledger refuses because somebody who tries the product wants to see it.
create table ledger_refusal (
    firm_id text primary key,
    reason  text not null
);

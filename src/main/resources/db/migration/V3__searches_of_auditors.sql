-- What auditors search cases by. Nothing here is written by the product itself.

-- Words as they are looked for: without accents, case and punctuation. Matches the beginnings of words, in any order.
create function searchable(said text) returns tsvector language sql immutable parallel safe as $$
    select to_tsvector('simple', regexp_replace(
        translate(lower(said), 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿ', 'aaaaaaceeeeiiiinooooouuuuyy'), '[^[:alnum:]]+', ' ', 'g'))
$$;
alter table client add words tsvector generated always as (searchable(name || ' ' || company_id)) stored;
create index client_by_words on client using gin (words);

create index takeover_of_firm_by_opening on takeover (firm_id, opened_at desc, key desc);

-- What the new payer pays a month after the change, taxes included.
create function new_monthly_cost(quote jsonb) returns numeric language sql immutable parallel safe as $$
    select sum((charge -> 'total' ->> 'amount')::numeric)
    from jsonb_array_elements(quote -> 'after') charge where charge ->> 'payer' = quote ->> 'newPayer'
$$;
create index quote_by_cost on quote (new_monthly_cost(content), takeover_key);
create index quote_by_takeover on quote (takeover_key);
create index commission_payout_by_amount on commission_payout (amount, takeover_key);

-- Why cases stopped or turned; few entries say so.
create index audit_entry_by_stop on audit_entry (what, case_key)
    where what in ('FIRM_LEAVES_BILLS_SEPARATE', 'REVIEW_LAPSED', 'CLIENT_DECLINED', 'CLIENT_DID_NOT_ANSWER', 'COST_CHANGED', 'CHECK_FAILED',
                   'SWITCH_REJECTED', 'CHANGE_CANCELLED', 'WITHDRAWN', 'MAIL_UNDELIVERABLE', 'INCIDENT_OPENED');

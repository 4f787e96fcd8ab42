-- By the company as it is compared everywhere, for which there is an index: by the number as it was listed, each switch read all payers ever known.
create or replace function billing_change_is_one_payer() returns trigger language plpgsql as $$
begin
    if not exists (
        select from subscription s
            join takeover t on t.key = new.takeover_key
            join payer_period p on p.company = t.company and p.product = s.product and p.days @> new.billing_date and not p.doubtful
        where s.id = new.subscription_id and s.client_id = t.client_id
          and s.payer = new.to_payer and p.payer = new.to_payer and t.way = new.way
          and new.to_payer = case new.way when 'FIRM_TAKES_TIME' then 'FIRM' else 'CLIENT' end) then
        raise exception 'The payer of % is not the same everywhere', new.takeover_key using errcode = 'check_violation';
    end if;
    return null;
end $$;

-- All bookings of a billing date are looked at from the same moment on: with the key, the next fifty are read without sorting them all.
drop index booking_next_look_idx;
create index booking_due on booking (next_look, key) where next_look is not null;
drop index integration_order_next_look_idx;
create index integration_order_due on integration_order (next_look, key) where next_look is not null;
drop index preview_next_look_idx;
create index preview_due on preview (next_look, key) where next_look is not null;
drop index first_bills_next_look_idx;
create index first_bills_due on first_bills (next_look, booking) where next_look is not null;

-- What is on the one bill of a firm, and in which time zones somebody is billed.
create index payer_period_of_firm on payer_period (firm_id) where payer = 'FIRM';
create index client_by_zone on client (time_zone, firm_id);

-- Mails are written at the end of their transaction.
alter table stop_notice alter constraint stop_notice_mail_id_fkey deferrable initially deferred;

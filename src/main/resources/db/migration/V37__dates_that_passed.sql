-- A client is told once when the billing date of a change passes that billing operations look into; of those that have passed, whoever looked at them then was told.
insert into warning (takeover_key, kind, about)
select key, 'DATE_PASSED', billing_date
from takeover
where stage = 'PROBLEM' and billing_date is not null and billing_date < current_date
on conflict do nothing;

-- Looked for every few minutes among all cases that ever were.
create index takeover_in_trouble on takeover (billing_date) where stage = 'PROBLEM';

-- The beginning of the billing date for which a change was looked at once more, before its bills are made.
alter table takeover add column looked_at_for timestamptz;

-- What changes on a billing date, and what is to be warned of, without a look at every case that ever was.
create index takeover_due on takeover (stage, due) where due is not null;

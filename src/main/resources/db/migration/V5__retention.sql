-- When what the case said of people was erased, its period being over.
alter table takeover add people_forgotten_at timestamptz check (people_forgotten_at is null or stage = 'CLOSED');
create index takeover_to_forget on takeover (closed_at) where stage = 'CLOSED' and people_forgotten_at is null;

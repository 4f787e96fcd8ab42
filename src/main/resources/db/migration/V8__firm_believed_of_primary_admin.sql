-- Of firms that name different primary admins of one company, the first to list it is believed, until billing operations say which is right.
alter table client add believed boolean not null default false;
create unique index client_believed on client (company_id) where believed;

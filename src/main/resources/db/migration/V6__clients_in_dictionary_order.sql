-- É next to E, whatever the database's own order is.
drop index client_by_name;
create index client_by_name on client (firm_id, name collate "fr-CA-x-icu", id);

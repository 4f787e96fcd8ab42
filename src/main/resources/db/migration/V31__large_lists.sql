-- Lines of a list are looked up by their ids alone, among however many clients: by firm first, the database reads all that the firm has.
drop index client_by_listed_key;
create index client_by_listed_key on client (listed_key);

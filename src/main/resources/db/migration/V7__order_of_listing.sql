-- Which firm listed a company first: consent is asked of the primary admin whom that firm named. Order, not time: clocks of servers differ.
alter table client add listed bigint generated always as identity;
create index client_by_company on client (company_id, listed);

-- A list asks what is unpaid of each of its subscriptions, and looked through all that the firm is owed for every five hundred of them.
drop index commission_entry_unpaid;
create index commission_entry_unpaid on commission_entry (firm_id, subscription_id) where payout_id is null;

-- Whether a question has its reminders by the table of deadlines, as it was when the question was asked. Those that are open now may have them
-- from V10, which could not read the table: they get them once, at the next start.
alter table consent_request add days_kept boolean not null default true;
update consent_request set days_kept = false where status = 'OPEN';

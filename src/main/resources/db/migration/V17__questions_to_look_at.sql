-- Questions that were open when this version came: each is looked at once, whether it was put to the firm instead of its client.
create table question_of_earlier_version (takeover_key text primary key references takeover);
insert into question_of_earlier_version select takeover_key from consent_request where status = 'OPEN';

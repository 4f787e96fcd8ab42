-- A mail is about a case or, where there is none, about a client. Until now a text stood for both.
alter table mail add client_id uuid references client;
alter table mail alter takeover_key drop not null;
update mail set client_id = substr(takeover_key, 6)::uuid, takeover_key = null where takeover_key like 'STOP-%';
alter table mail add check (num_nonnulls(takeover_key, client_id) = 1);
create index mail_by_client on mail (client_id, posted_at) where client_id is not null;

-- The table is the outbox. A mail of the version before has a process that delivers it, also one that a node of that version posts
-- while both run: such a mail is no business of the outbox.
alter table mail
    add number bigint generated always as identity,
    add state  text    not null default 'BY_PROCESS'
        check (state in ('WAITING', 'SENT', 'BOUNCED', 'REFUSED', 'GIVEN_UP', 'UNCERTAIN', 'BY_PROCESS')),
    -- Whether the case, the trail and staff know of the state.
    add told   boolean not null default true,
    -- By the product's clock: not before then.
    add due_at timestamptz check ((state = 'WAITING') = (due_at is not null)),
    -- Which node has it in hand, and until when by the database's time: a node that dies gives nothing back.
    add claim         uuid,
    add claimed_until timestamptz check ((claim is null) = (claimed_until is null)),
    -- Since when the mail server has been asked to take it, as long as nobody knows what became of that.
    add asked_at timestamptz,
    -- Whether it was asked once more, since nobody knew.
    add repeated boolean not null default false,
    -- How often the mail server said "later".
    add failures int     not null default 0,
    -- The mail that came back and that this one takes the place of.
    add follows    uuid references mail,
    add bounced_at timestamptz check ((state = 'BOUNCED') = (bounced_at is not null));
update mail set state = 'SENT' where sent_at is not null;
alter table mail add check (state not in ('SENT', 'BOUNCED') or sent_at is not null);

create index mail_due on mail (due_at, number) where state = 'WAITING';
create index mail_by_process on mail (posted_at) where state = 'BY_PROCESS' and sent_at is null;
create index mail_asked on mail (id) where asked_at is not null;
create index mail_untold on mail (number) where not told;

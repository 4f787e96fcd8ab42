-- Whoever lost a link asks for it by their address.
create index consent_request_open_by_email on consent_request (lower(email)) where status = 'OPEN';

-- Looked for before a client is asked: few questions are disowned.
create index consent_request_disowned on consent_request (takeover_key) where status = 'DISOWNED';

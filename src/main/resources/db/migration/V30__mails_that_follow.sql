-- Whoever tells of a mail looks for those that came after it in its place.
create index mail_follows on mail (follows) where follows is not null;

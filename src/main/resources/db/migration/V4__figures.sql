-- For the figures: the few events of a case that are counted, not its many others.
create index takeover_event_counted on takeover_event (what, at, takeover_key, detail)
    where what in ('CLIENT_REMINDED', 'CLIENT_DECLINED', 'CLIENT_DID_NOT_ANSWER', 'FIRM_PREFERS_CLIENT_TAKES_OVER',
                   'FIRM_LEAVES_BILLS_SEPARATE', 'REVIEW_LAPSED', 'CHANGE_CANCELLED', 'WITHDRAWN');

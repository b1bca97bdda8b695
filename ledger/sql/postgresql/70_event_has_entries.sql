-- At commit every event has its entries: an event without lines is no fact. With the rights of whoever commits, and
-- its one table named in full: to change role and path for it would cost as much as the question.
CREATE OR REPLACE FUNCTION ledger_event_has_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.ledger_entry WHERE event_id = NEW.id) THEN
        PERFORM public.ledger_refuse('event_has_lines');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER event_has_entries AFTER INSERT ON ledger_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_event_has_entries();

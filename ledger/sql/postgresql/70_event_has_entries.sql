-- At commit every event has its entries: an event without lines is no fact.
CREATE OR REPLACE FUNCTION ledger_event_has_entries() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM ledger_entry WHERE event_id = NEW.id) THEN
        RAISE EXCEPTION 'an event has no lines'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'event_has_lines';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER event_has_entries AFTER INSERT ON ledger_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_event_has_entries();

-- What is listed for others stays as they read it: only its end moves, and it is closed once. It is of a thing, priced in
-- money, and nobody has to remember it for more than a year.
CREATE OR REPLACE FUNCTION ledger_listing_is_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM ledger_measure JOIN ledger_unit ON ledger_unit.id = ledger_measure.unit_id
        WHERE ledger_measure.id = NEW.measure_id AND (ledger_unit.kind IN ('money', 'credit') OR ledger_measure.thing = ''))
        OR EXISTS (SELECT 1 FROM ledger_unit WHERE id = NEW.money_id AND kind <> 'money')
    THEN
        PERFORM ledger_refuse('listing_is_of_a_thing');
    END IF;
    IF NEW.expires_on - NEW.renewed_on > 365 THEN
        PERFORM ledger_refuse('listing_lasts_a_year');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER listing_is_whole BEFORE INSERT ON ledger_listing
    FOR EACH ROW EXECUTE FUNCTION ledger_listing_is_whole();
CREATE OR REPLACE FUNCTION ledger_listing_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    moves text[] := '{renewed_on,expires_on,closed_on,closed_by_id,ending}';
BEGIN
    IF OLD.closed_on IS NOT NULL OR NEW.renewed_on < OLD.renewed_on
        OR to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves
    THEN
        PERFORM ledger_refuse('listed_stays');
    END IF;
    IF NEW.expires_on - NEW.renewed_on > 365 THEN
        PERFORM ledger_refuse('listing_lasts_a_year');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER listing_only_ends BEFORE UPDATE ON ledger_listing
    FOR EACH ROW EXECUTE FUNCTION ledger_listing_only_ends();
CREATE OR REPLACE FUNCTION ledger_listing_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('listed_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER listing_no_delete BEFORE DELETE ON ledger_listing
    FOR EACH ROW EXECUTE FUNCTION ledger_listing_stays();
CREATE TRIGGER listing_no_truncate BEFORE TRUNCATE ON ledger_listing
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_listing_stays();

-- What is listed for others stays as they read it: only its end moves, and it is closed once. It is of a thing, priced in
-- money, and nobody has to remember it for more than a year.
CREATE TRIGGER listing_is_whole BEFORE INSERT ON ledger_listing
BEGIN
    SELECT RAISE(ABORT, 'listed_stays') WHERE EXISTS (
        SELECT 1 FROM ledger_listing
        WHERE id = NEW.id OR "key" = NEW."key" OR replaces_id = NEW.replaces_id);
    SELECT RAISE(ABORT, 'listing_is_of_a_thing') WHERE EXISTS (
        SELECT 1 FROM ledger_measure JOIN ledger_unit ON ledger_unit.id = ledger_measure.unit_id
        WHERE ledger_measure.id = NEW.measure_id AND (ledger_unit.kind IN ('money', 'credit') OR ledger_measure.thing = ''))
        OR EXISTS (SELECT 1 FROM ledger_unit WHERE id = NEW.money_id AND kind <> 'money');
    SELECT RAISE(ABORT, 'listing_lasts_a_year') WHERE julianday(NEW.expires_on) - julianday(NEW.renewed_on) > 365;
END;
CREATE TRIGGER listing_only_ends BEFORE UPDATE ON ledger_listing
BEGIN
    SELECT RAISE(ABORT, 'listed_stays') WHERE OLD.closed_on IS NOT NULL OR NEW.renewed_on < OLD.renewed_on
        OR (NEW.id, NEW."key", NEW.organization_id, NEW.kind, NEW.thing, NEW.measure_id, NEW.quantity, NEW.rhythm,
            NEW.price, NEW.money_id, NEW.country, NEW.province, NEW.city, NEW.note, NEW.listed_on, NEW.listed_by_id,
            NEW.replaces_id)
        IS NOT (OLD.id, OLD."key", OLD.organization_id, OLD.kind, OLD.thing, OLD.measure_id, OLD.quantity, OLD.rhythm,
            OLD.price, OLD.money_id, OLD.country, OLD.province, OLD.city, OLD.note, OLD.listed_on, OLD.listed_by_id,
            OLD.replaces_id);
    SELECT RAISE(ABORT, 'listing_lasts_a_year') WHERE julianday(NEW.expires_on) - julianday(NEW.renewed_on) > 365;
END;
CREATE TRIGGER listing_no_delete BEFORE DELETE ON ledger_listing
BEGIN
    SELECT RAISE(ABORT, 'listed_stays');
END;

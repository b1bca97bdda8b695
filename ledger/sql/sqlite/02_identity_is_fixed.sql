-- What amounts are counted in, and whose they are, never changes under them.
CREATE TRIGGER account_identity_is_fixed
    BEFORE UPDATE OF id, book_id, number, nature, unit_id, role, counterparty_id, peg_id ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER account_not_deleted BEFORE DELETE ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER account_not_replaced BEFORE INSERT ON ledger_account
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed') WHERE EXISTS (
        SELECT 1 FROM ledger_account WHERE id = NEW.id
            OR (book_id = NEW.book_id AND number = NEW.number AND unit_id = NEW.unit_id
            AND counterparty_id IS NEW.counterparty_id AND peg_id IS NEW.peg_id));
END;
CREATE TRIGGER book_identity_is_fixed BEFORE UPDATE OF id, organization_id, unit_id, year_starts_month ON ledger_book
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER book_not_deleted BEFORE DELETE ON ledger_book
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER book_not_replaced BEFORE INSERT ON ledger_book
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed') WHERE EXISTS (
        SELECT 1 FROM ledger_book WHERE id = NEW.id OR organization_id = NEW.organization_id);
END;
CREATE TRIGGER unit_identity_is_fixed BEFORE UPDATE OF id, code, kind, scale ON ledger_unit
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER unit_not_deleted BEFORE DELETE ON ledger_unit
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER unit_not_replaced BEFORE INSERT ON ledger_unit
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed') WHERE EXISTS (
        SELECT 1 FROM ledger_unit WHERE id = NEW.id OR code = NEW.code);
END;
CREATE TRIGGER measure_identity_is_fixed BEFORE UPDATE OF id, unit_id, thing ON ledger_measure
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER measure_not_deleted BEFORE DELETE ON ledger_measure
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed');
END;
CREATE TRIGGER measure_not_replaced BEFORE INSERT ON ledger_measure
BEGIN
    SELECT RAISE(ABORT, 'identity_is_fixed') WHERE EXISTS (
        SELECT 1 FROM ledger_measure WHERE id = NEW.id OR (unit_id = NEW.unit_id AND thing = NEW.thing));
END;

-- What was counted stays; it is what the book then holds, and the entry of the difference is of that book and day.
CREATE OR REPLACE FUNCTION ledger_cash_count_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('cash_count_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER cash_count_stays BEFORE UPDATE OR DELETE ON ledger_cashcount
    FOR EACH ROW EXECUTE FUNCTION ledger_cash_count_stays();
CREATE TRIGGER cash_count_no_truncate BEFORE TRUNCATE ON ledger_cashcount
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_cash_count_stays();
CREATE OR REPLACE FUNCTION ledger_cash_is_as_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.counted <> coalesce((
            SELECT sum(b.amount) FROM ledger_account a JOIN ledger_book k ON k.id = a.book_id AND k.unit_id = a.unit_id
                JOIN ledger_accountbalance b ON b.account_id = a.id
            WHERE a.book_id = NEW.book_id AND a.number = '1101' AND a.counterparty_id IS NULL), 0)
        OR NEW.event_id IS NOT NULL AND NOT EXISTS (
            SELECT FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
                JOIN ledger_entry n ON n.event_id = p.event_id AND n.book_id = a.book_id
            WHERE p.event_id = NEW.event_id AND a.book_id = NEW.book_id AND a.number = '1101'
                AND p.amount = NEW.counted - NEW.expected AND n.booked_on = NEW.counted_on)
    THEN
        PERFORM ledger_refuse('cash_is_as_counted');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cash_is_as_counted BEFORE INSERT ON ledger_cashcount
    FOR EACH ROW EXECUTE FUNCTION ledger_cash_is_as_counted();

-- What a body decides of its fund stays, and is decided by its own assembly. The fund begins with its first terms, with
-- what its account held before.
CREATE OR REPLACE FUNCTION ledger_fund_terms_are_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
        WHERE r.id = NEW.resolution_id AND b.id = NEW.book_id AND r.resolved_on <= NEW.since)
    THEN
        PERFORM ledger_refuse('decided_by_its_own_assembly');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_terms_are_decided BEFORE INSERT ON ledger_fundterms
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_terms_are_decided();
CREATE OR REPLACE FUNCTION ledger_fund_begins() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    -- Held, so that nothing is posted between what the account holds and the fund that begins with it.
    PERFORM 1 FROM ledger_book WHERE id = NEW.book_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM ledger_fund WHERE book_id = NEW.book_id) THEN
        RETURN NULL;
    END IF;
    INSERT INTO ledger_fund (book_id, contributed, collected, spent, last_line) VALUES (NEW.book_id, 0, 0, 0, 0);
    INSERT INTO ledger_fundshare (fund_id, organization_id, name, contributed, collected, received, last_line)
        VALUES (NEW.book_id, NULL, '', 0, 0, 0, 0);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NULL, -v.amount, -v.amount, 0 FROM ledger_fundshare s JOIN ledger_book b ON b.id = s.fund_id
            JOIN ledger_account a ON a.book_id = b.id AND a.number = '2301' AND a.unit_id = b.unit_id
            JOIN ledger_accountbalance v ON v.account_id = a.id AND v.amount <> 0
        WHERE s.fund_id = NEW.book_id;
    RETURN NULL;
END $$;
CREATE TRIGGER fund_begins AFTER INSERT ON ledger_fundterms
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_begins();
CREATE TRIGGER fund_terms_stay BEFORE UPDATE OR DELETE ON ledger_fundterms
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER fund_terms_no_truncate BEFORE TRUNCATE ON ledger_fundterms
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
CREATE OR REPLACE FUNCTION ledger_fund_decision_is_decided() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM network_resolution r JOIN ledger_book b ON b.organization_id = r.organization_id
        WHERE r.id = NEW.resolution_id AND b.id = NEW.fund_id)
    THEN
        PERFORM ledger_refuse('decided_by_its_own_assembly');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_decision_is_decided BEFORE INSERT ON ledger_funddecision
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_decision_is_decided();
CREATE TRIGGER fund_decision_stays BEFORE UPDATE OR DELETE ON ledger_funddecision
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER fund_decision_no_truncate BEFORE TRUNCATE ON ledger_funddecision
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_append_only();
-- Fund, shares and lines are written by these rules alone: at depth 1 somebody wrote them directly.
CREATE OR REPLACE FUNCTION ledger_fund_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 OR TG_OP IN ('DELETE', 'TRUNCATE') OR TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'ledger_fundline'
    THEN
        PERFORM ledger_refuse('fund_is_kept');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER fund_is_kept BEFORE INSERT OR UPDATE OR DELETE ON ledger_fund
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_is_kept();
CREATE TRIGGER fund_no_truncate BEFORE TRUNCATE ON ledger_fund
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_fund_is_kept();
CREATE TRIGGER fund_share_is_kept BEFORE INSERT OR UPDATE OR DELETE ON ledger_fundshare
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_is_kept();
CREATE TRIGGER fund_share_no_truncate BEFORE TRUNCATE ON ledger_fundshare
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_fund_is_kept();
CREATE TRIGGER fund_line_is_kept BEFORE INSERT OR UPDATE OR DELETE ON ledger_fundline
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_is_kept();
CREATE TRIGGER fund_line_no_truncate BEFORE TRUNCATE ON ledger_fundline
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_fund_is_kept();
CREATE OR REPLACE FUNCTION ledger_fund_line_moves() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE ledger_fundshare SET contributed = contributed + NEW.contributed, collected = collected + NEW.collected,
        received = received + NEW.received, last_line = NEW.id WHERE id = NEW.share_id;
    UPDATE ledger_fund SET contributed = contributed + NEW.contributed, collected = collected + NEW.collected,
        spent = spent + NEW.received, last_line = NEW.id
        WHERE book_id = (SELECT fund_id FROM ledger_fundshare WHERE id = NEW.share_id);
    RETURN NULL;
END $$;
CREATE TRIGGER fund_line_moves AFTER INSERT ON ledger_fundline
    FOR EACH ROW EXECUTE FUNCTION ledger_fund_line_moves();
-- What undoes an event undoes its lines; what stood in the account before goes out of what was there before.
CREATE OR REPLACE FUNCTION ledger_fund_line_is_undone() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NEW.id, p.amount, p.amount, 0
        FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id AND a.number = '2301'
            JOIN ledger_book b ON b.id = a.book_id AND b.unit_id = a.unit_id
            JOIN ledger_fundshare s ON s.fund_id = b.id AND s.organization_id IS NULL AND s.name = ''
        WHERE p.event_id = NEW.reverses_id
            AND NOT EXISTS (SELECT FROM ledger_fundline WHERE event_id = NEW.reverses_id);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT share_id, NEW.id, -contributed, -collected, -received FROM ledger_fundline
        WHERE event_id = NEW.reverses_id ORDER BY id;
    RETURN NULL;
END $$;
CREATE TRIGGER fund_line_is_undone AFTER INSERT ON ledger_event
    FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION ledger_fund_line_is_undone();
-- What the customer of a co-production paid brings its levy to the fund, by who contributed how much.
CREATE OR REPLACE FUNCTION ledger_fund_is_levied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_fundshare (fund_id, organization_id, name, contributed, collected, received, last_line)
        SELECT f.book_id, p.organization_id, '', 0, 0, 0, 0
        FROM ledger_coproductionterms t JOIN ledger_book b ON b.organization_id = t.fund_id
            JOIN ledger_fund f ON f.book_id = b.id JOIN ledger_sharedpart p ON p.act_id = NEW.id AND p.amount > 0
        WHERE t.agreement_id = NEW.agreement_id AND NOT EXISTS (
            SELECT FROM ledger_fundshare s WHERE s.fund_id = f.book_id AND s.organization_id = p.organization_id);
    INSERT INTO ledger_fundline (share_id, event_id, contributed, collected, received)
        SELECT s.id, NEW.event_id, p.amount, p.amount, 0
        FROM ledger_coproductionterms t JOIN ledger_book b ON b.organization_id = t.fund_id
            JOIN ledger_fundshare s ON s.fund_id = b.id JOIN ledger_sharedpart p ON p.act_id = NEW.id AND p.amount > 0
        WHERE t.agreement_id = NEW.agreement_id AND s.organization_id = p.organization_id ORDER BY p.number;
    RETURN NULL;
END $$;
CREATE TRIGGER fund_is_levied AFTER UPDATE ON ledger_delivery
    FOR EACH ROW WHEN (NEW.act = 'collection' AND NEW.state = 'confirmed' AND OLD.state <> 'confirmed')
    EXECUTE FUNCTION ledger_fund_is_levied();

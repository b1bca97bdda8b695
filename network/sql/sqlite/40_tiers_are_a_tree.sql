-- Nobody belongs to the same body twice on a day, and no body to itself through others. What ended on the day on which it
-- began never held.
CREATE TRIGGER tiers_are_a_tree AFTER INSERT ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'tiers_are_a_tree') WHERE EXISTS (
        SELECT 1 FROM network_affiliation f WHERE f.id <> NEW.id AND f.member_id = NEW.member_id
            AND f.body_id = NEW.body_id AND (f.until IS NULL OR f.until > NEW.starts_on)
            AND f.starts_on IS NOT f.until AND (NEW.until IS NULL OR NEW.until > f.starts_on)
    ) OR EXISTS (
        WITH RECURSIVE above (body, starts_on, until) AS (
            SELECT NEW.body_id, NEW.starts_on, coalesce(NEW.until, '9999-12-31')
            UNION
            SELECT f.body_id, max(a.starts_on, f.starts_on), min(a.until, coalesce(f.until, '9999-12-31'))
            FROM above a JOIN network_affiliation f ON f.member_id = a.body
                AND f.starts_on IS NOT f.until
                AND f.starts_on < a.until AND coalesce(f.until, '9999-12-31') > a.starts_on
        )
        SELECT 1 FROM above WHERE body = NEW.member_id);
END;
CREATE TRIGGER tiers_stay_a_tree AFTER UPDATE ON network_affiliation
BEGIN
    SELECT RAISE(ABORT, 'tiers_are_a_tree') WHERE EXISTS (
        SELECT 1 FROM network_affiliation f WHERE f.id <> NEW.id AND f.member_id = NEW.member_id
            AND f.body_id = NEW.body_id AND (f.until IS NULL OR f.until > NEW.starts_on)
            AND f.starts_on IS NOT f.until AND (NEW.until IS NULL OR NEW.until > f.starts_on)
    ) OR EXISTS (
        WITH RECURSIVE above (body, starts_on, until) AS (
            SELECT NEW.body_id, NEW.starts_on, coalesce(NEW.until, '9999-12-31')
            UNION
            SELECT f.body_id, max(a.starts_on, f.starts_on), min(a.until, coalesce(f.until, '9999-12-31'))
            FROM above a JOIN network_affiliation f ON f.member_id = a.body
                AND f.starts_on IS NOT f.until
                AND f.starts_on < a.until AND coalesce(f.until, '9999-12-31') > a.starts_on
        )
        SELECT 1 FROM above WHERE body = NEW.member_id);
END;

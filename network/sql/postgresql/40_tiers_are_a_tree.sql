-- Nobody belongs to the same body twice on a day, and no body to itself through others. What ended on the day on which it
-- began never held.
CREATE OR REPLACE FUNCTION network_tiers_are_a_tree() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM network_affiliation f WHERE f.id <> NEW.id AND f.member_id = NEW.member_id
            AND f.body_id = NEW.body_id AND (f.until IS NULL OR f.until > NEW.starts_on)
            AND f.starts_on IS DISTINCT FROM f.until AND (NEW.until IS NULL OR NEW.until > f.starts_on)
    ) OR EXISTS (
        WITH RECURSIVE above (body, starts_on, until) AS (
            SELECT NEW.body_id, NEW.starts_on, coalesce(NEW.until, 'infinity'::date)
            UNION
            SELECT f.body_id, greatest(a.starts_on, f.starts_on), least(a.until, coalesce(f.until, 'infinity'::date))
            FROM above a JOIN network_affiliation f ON f.member_id = a.body
                AND f.starts_on IS DISTINCT FROM f.until
                AND f.starts_on < a.until AND coalesce(f.until, 'infinity'::date) > a.starts_on
        )
        SELECT FROM above WHERE body = NEW.member_id
    ) THEN
        PERFORM network_refuse('tiers_are_a_tree');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tiers_are_a_tree BEFORE INSERT OR UPDATE ON network_affiliation
    FOR EACH ROW EXECUTE FUNCTION network_tiers_are_a_tree();

-- The second wall: whose rows the present request may read. `network/web/wall.py` says it at the beginning of each;
-- whoever says nothing reads nothing, and workers and commands say `all`. The policies stand beside each app's rules.
CREATE OR REPLACE FUNCTION network_reads_all() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT current_setting('trama.reads', true) = 'all'
$$;
-- Numbers of organizations.
CREATE OR REPLACE FUNCTION network_reads() RETURNS bigint[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN network_reads_all() THEN '{}'
        ELSE coalesce(nullif(current_setting('trama.reads', true), ''), '{}')::bigint[] END
$$;
-- A person reads what they are a member or an officer of, and, as an officer, whatever belongs to that body.
CREATE OR REPLACE FUNCTION network_readable(person bigint, day date) RETURNS bigint[] LANGUAGE sql STABLE AS $$
    WITH RECURSIVE held (organization) AS (
        SELECT organization_id FROM network_mandate m
        WHERE user_id = person AND starts_on <= day AND until > day AND (ended_on IS NULL OR ended_on > day)
            AND (delegate_of_id IS NULL OR EXISTS (
                SELECT FROM network_affiliation f WHERE f.member_id = m.delegate_of_id AND f.body_id = m.organization_id
                    AND f.starts_on <= day AND (f.until IS NULL OR f.until > day)))
    ), below (organization) AS (
        SELECT organization FROM held
        UNION
        SELECT f.member_id FROM below b JOIN network_affiliation f ON f.body_id = b.organization
            AND f.starts_on <= day AND (f.until IS NULL OR f.until > day)
    )
    SELECT coalesce(array_agg(organization), '{}') FROM (
        SELECT organization FROM below
        UNION
        SELECT organization_id FROM network_membership
        WHERE user_id = person AND starts_on <= day AND (until IS NULL OR until > day)
    ) r
$$;

-- A report is read by those who may read the books that it is made of (`network/sql/postgresql/70_wall.sql`).
ALTER TABLE reports_report ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall ON reports_report;
CREATE POLICY wall ON reports_report
    USING ((SELECT network_reads_all()) OR organization_id = ANY ((SELECT network_reads())::bigint[])) WITH CHECK (true);

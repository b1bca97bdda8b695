-- A report is read by those who may read the books that it is made of (`network/sql/postgresql/70_wall.sql`).
ALTER TABLE reports_report ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall ON reports_report;
CREATE POLICY wall ON reports_report
    USING ((SELECT network_reads_all()) OR organization_id = ANY ((SELECT network_reads())::bigint[])) WITH CHECK (true);
-- What is declared is read with the book: in its own report until somebody hands that on.
ALTER TABLE reports_declaration ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall ON reports_declaration;
CREATE POLICY wall ON reports_declaration
    USING ((SELECT network_reads_all()) OR organization_id = ANY ((SELECT network_reads())::bigint[])) WITH CHECK (true);
-- A batch is read by those who may read the book of the body that asked; its parts are seen through it.
ALTER TABLE reports_batch ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall ON reports_batch;
CREATE POLICY wall ON reports_batch
    USING ((SELECT network_reads_all()) OR organization_id = ANY ((SELECT network_reads())::bigint[])) WITH CHECK (true);
ALTER TABLE reports_batchpart ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall ON reports_batchpart;
CREATE POLICY wall ON reports_batchpart
    USING ((SELECT network_reads_all()) OR EXISTS (SELECT FROM reports_batch b WHERE b.id = batch_id)) WITH CHECK (true);
-- A photo is read by those who may read the organization's book; by anybody while its page is open, which says so.
ALTER TABLE reports_photo ENABLE ROW LEVEL SECURITY;
DROP POLICY IF EXISTS wall ON reports_photo;
CREATE POLICY wall ON reports_photo
    USING ((SELECT network_reads_all()) OR organization_id = ANY ((SELECT network_reads())::bigint[])) WITH CHECK (true);

DROP INDEX "outbox_changing";--> statement-breakpoint
DROP INDEX "complaints_filed";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "confidential" jsonb;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "is_confidential" boolean GENERATED ALWAYS AS (confidential is not null) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "complaints_filed" ON "complaints" USING btree ("workspace","filed_at","customer","department","reporter","duplicate_of","is_confidential");--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."oldest_open" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.told_at AS at, c.filed_at, c.owner, c.severity
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.status <> 'closed' AND c.duplicate_of IS NULL AND NOT c.is_confidential;
--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."repeat_customers" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.customer
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.duplicate_of IS NULL AND NOT c.is_confidential;
--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."reporters" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.reporter
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE NOT c.is_confidential;

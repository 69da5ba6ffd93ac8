-- Of what is confidential, who owns it and how the customer felt is left out, as in exports.
CREATE OR REPLACE VIEW "figures"."filed" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.severity,
  CASE WHEN NOT c.is_confidential THEN c.feeling END AS feeling
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.duplicate_of IS NULL;
--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."load" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.next_deadline AS due_at,
  CASE WHEN NOT c.is_confidential THEN c.owner END AS owner, c.severity, c.owner IS NULL AS unowned
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.status <> 'closed' AND c.duplicate_of IS NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."load" IS 'On our hands: count(*); of these overdue where due_at <= now(), unowned where unowned; not a matter of a period';
--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."overdue" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.next_deadline AS at, c.filed_at,
  CASE WHEN NOT c.is_confidential THEN c.owner END AS owner, c.severity
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.status <> 'closed' AND c.duplicate_of IS NULL AND c.next_deadline IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."overdue" IS 'Overdue: those with at <= now(), the first by at; not a matter of a period';
--> statement-breakpoint
COMMENT ON VIEW "figures"."overdue_actions" IS 'Overdue corrective actions: those with at <= now(), the first by at; the department is the one where the cause arose; not a matter of a period';

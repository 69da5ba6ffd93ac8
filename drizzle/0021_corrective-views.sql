-- Where nobody designs, what a systemic flaw's action is for arose in no department.
CREATE OR REPLACE VIEW "figures"."actions_done" AS
SELECT a.workspace, a.complaint, a.flaw, a.seq AS action, a.origin AS department, d.name AS department_name, a.due_at AS at, a.done_at
FROM corrective_actions a LEFT JOIN departments d ON d.workspace = a.workspace AND d.key = a.origin;
--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."actions_effective" AS
SELECT a.workspace, a.complaint, a.flaw, a.seq AS action, a.origin AS department, d.name AS department_name,
  coalesce(a.recurred_at, a.watched_until) AS at, a.done_at, a.recurred_at IS NULL AS worked
FROM corrective_actions a LEFT JOIN departments d ON d.workspace = a.workspace AND d.key = a.origin
WHERE a.done_at IS NOT NULL;
--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."overdue_actions" AS
SELECT a.workspace, a.complaint, a.flaw, a.seq AS action, a.origin AS department, d.name AS department_name, a.due_at AS at,
  CASE WHEN c.is_confidential THEN NULL ELSE a.taken_by END AS taken_by
FROM corrective_actions a
LEFT JOIN departments d ON d.workspace = a.workspace AND d.key = a.origin
LEFT JOIN complaints c ON c.workspace = a.workspace AND c.number = a.complaint
WHERE a.done_at IS NULL;

CREATE INDEX "corrective_actions_due" ON "corrective_actions" USING btree ("workspace","due_at");--> statement-breakpoint
CREATE INDEX "corrective_actions_judged" ON "corrective_actions" USING btree ("workspace",coalesce(recurred_at, watched_until)) WHERE done_at is not null;--> statement-breakpoint
CREATE VIEW "figures"."actions_done" AS
SELECT a.workspace, a.complaint, a.flaw, a.seq AS action, a.origin AS department, d.name AS department_name, a.due_at AS at, a.done_at
FROM corrective_actions a JOIN departments d ON d.workspace = a.workspace AND d.key = a.origin;
--> statement-breakpoint
COMMENT ON VIEW "figures"."actions_done" IS 'Corrective actions done: count(*) filter (where done_at < the end of the period), of count(*); the department is the one where the cause arose';
--> statement-breakpoint
CREATE VIEW "figures"."actions_effective" AS
SELECT a.workspace, a.complaint, a.flaw, a.seq AS action, a.origin AS department, d.name AS department_name,
  coalesce(a.recurred_at, a.watched_until) AS at, a.done_at, a.recurred_at IS NULL AS worked
FROM corrective_actions a JOIN departments d ON d.workspace = a.workspace AND d.key = a.origin
WHERE a.done_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."actions_effective" IS 'Corrective actions that worked: count(*) filter (where worked), of count(*); the department is the one where the cause arose';
--> statement-breakpoint
CREATE VIEW "figures"."overdue_actions" AS
SELECT a.workspace, a.complaint, a.flaw, a.seq AS action, a.origin AS department, d.name AS department_name, a.due_at AS at,
  CASE WHEN c.is_confidential THEN NULL ELSE a.taken_by END AS taken_by
FROM corrective_actions a
JOIN departments d ON d.workspace = a.workspace AND d.key = a.origin
LEFT JOIN complaints c ON c.workspace = a.workspace AND c.number = a.complaint
WHERE a.done_at IS NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."overdue_actions" IS 'Overdue corrective actions: those with at < now(), the first by at; the department is the one where the cause arose; not a matter of a period';

-- A response deadline counts once: when it was honoured in time, or else when it ran out.
CREATE OR REPLACE VIEW "figures"."on_site" AS
SELECT r.workspace, r.complaint, r.seq AS response, c.department, d.name AS department_name,
  CASE WHEN r.state = 'honoured' THEN least(r.ended_at, r.due_at) ELSE r.due_at END AS at,
  CASE WHEN r.state = 'honoured' THEN r.ended_at END AS honoured_at,
  r.state = 'honoured' AND r.ended_at <= r.due_at AS in_time
FROM responses r
JOIN complaints c ON c.workspace = r.workspace AND c.number = r.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE r.state <> 'superseded' AND NOT (r.state = 'closed' AND r.ended_at < r.due_at) AND (r.state <> 'running' OR c.duplicate_of IS NULL);
--> statement-breakpoint
COMMENT ON VIEW "figures"."on_site" IS 'On site in time: count(*) filter (where in_time), of count(*)';
--> statement-breakpoint
CREATE OR REPLACE VIEW "figures"."with_part" AS
SELECT r.workspace, r.complaint, r.seq AS response, c.department, d.name AS department_name, r.ended_at AS at,
  r.ended_at AS honoured_at, r.with_part
FROM responses r
JOIN complaints c ON c.workspace = r.workspace AND c.number = r.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE r.state = 'honoured' AND r.ended_at <= r.due_at AND r.with_part IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."with_part" IS 'With the part in hand: count(*) filter (where with_part), of count(*)';

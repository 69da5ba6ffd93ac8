CREATE VIEW "figures"."hand_overs" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.closed_at AS at, c.hand_overs
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.closed_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."hand_overs" IS 'Hand-overs per complaint: coalesce(sum(hand_overs), 0), of count(*)';

-- For any program that reads SQL: a view per figure, by the figure's name, without anybody's words. Each row is one thing
-- that counts, at the instant at which it counts: a period is `at >= its first instant and
-- at < its last`, no later than now; a cut is a department.
CREATE SCHEMA "figures";
--> statement-breakpoint
CREATE VIEW "figures"."filed" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.severity, c.feeling
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.duplicate_of IS NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."filed" IS 'Filed: count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."closed" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.closed_at AS at, c.severity, c.fix
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.closed_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."closed" IS 'Closed: count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."reopened" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.reopened_at AS at, c.reopens
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.reopened_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."reopened" IS 'Reopened: count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."promises_kept" AS
SELECT p.workspace, p.complaint, p.seq AS promise, c.department, d.name AS department_name, p.due_at AS at, p.state = 'kept' AS kept
FROM promises p
JOIN complaints c ON c.workspace = p.workspace AND c.number = p.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE p.state IN ('kept', 'missed') OR p.state = 'pending' AND c.duplicate_of IS NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."promises_kept" IS 'Promised calls made in time: count(*) filter (where kept), of count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."attempted" AS
SELECT p.workspace, p.complaint, p.seq AS promise, c.department, d.name AS department_name, p.due_at AS at
FROM promises p
JOIN complaints c ON c.workspace = p.workspace AND c.number = p.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE p.state = 'attempted';
--> statement-breakpoint
COMMENT ON VIEW "figures"."attempted" IS 'Tried in time: count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."moved" AS
SELECT p.workspace, p.complaint, p.seq AS promise, c.department, d.name AS department_name, p.due_at AS at
FROM promises p
JOIN complaints c ON c.workspace = p.workspace AND c.number = p.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE p.state = 'moved';
--> statement-breakpoint
COMMENT ON VIEW "figures"."moved" IS 'Moved: count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."on_site" AS
SELECT r.workspace, r.complaint, r.seq AS response, c.department, d.name AS department_name, r.due_at AS at,
  CASE WHEN r.state = 'honoured' THEN r.ended_at END AS honoured_at,
  r.state = 'honoured' AND r.ended_at <= r.due_at AS in_time
FROM responses r
JOIN complaints c ON c.workspace = r.workspace AND c.number = r.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE r.state <> 'superseded' AND NOT (r.state = 'closed' AND r.ended_at < r.due_at) AND (r.state <> 'running' OR c.duplicate_of IS NULL);
--> statement-breakpoint
COMMENT ON VIEW "figures"."on_site" IS 'On site in time: count(*) filter (where in_time), of count(*), where at or honoured_at is in the period';
--> statement-breakpoint
CREATE VIEW "figures"."to_own" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.owned_at AS at,
  round(date_part('epoch', c.owned_at - c.filed_at) * 1000) AS milliseconds
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.owned_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."to_own" IS 'To own: percentile_cont(0.5) within group (order by milliseconds)';
--> statement-breakpoint
CREATE VIEW "figures"."to_callback" AS
SELECT k.workspace, k.complaint, c.department, d.name AS department_name, k.at,
  round(date_part('epoch', k.at - c.filed_at) * 1000) AS milliseconds
FROM callbacks k
JOIN complaints c ON c.workspace = k.workspace AND c.number = k.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE k.seq = 1;
--> statement-breakpoint
COMMENT ON VIEW "figures"."to_callback" IS 'To first callback: percentile_cont(0.5) within group (order by milliseconds)';
--> statement-breakpoint
CREATE VIEW "figures"."to_fixed" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.closed_at AS at,
  round(date_part('epoch', c.closed_at - c.told_at) * 1000) AS milliseconds
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.closed_at IS NOT NULL AND c.fix IN ('fixed', 'made-good');
--> statement-breakpoint
COMMENT ON VIEW "figures"."to_fixed" IS 'To fixed: percentile_cont(0.5) within group (order by milliseconds)';
--> statement-breakpoint
CREATE VIEW "figures"."fixed_first_time" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.first_closed_at AS at,
  CASE WHEN c.first_reopened_at <= c.first_closed_at + interval '720 hours' THEN c.first_reopened_at END AS reopened_at
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.first_fix = 'fixed';
--> statement-breakpoint
COMMENT ON VIEW "figures"."fixed_first_time" IS 'Fixed first time: count(*) filter (where (reopened_at < the end of the period) is not true), of count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."avoidable" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.closed_at AS at, c.avoidable
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.closed_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."avoidable" IS 'Avoidable: count(*) filter (where avoidable), of count(*)';
--> statement-breakpoint
CREATE VIEW "figures"."caused" AS
SELECT c.workspace, c.number AS complaint, c.origin AS department, d.name AS department_name, c.closed_at AS at
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.origin
WHERE c.closed_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."caused" IS 'Caused: count(*); the department is the one where the cause arose';
--> statement-breakpoint
CREATE VIEW "figures"."causes" AS
SELECT c.workspace, c.number AS complaint, c.origin AS department, d.name AS department_name, c.closed_at AS at,
  c.root_cause, coalesce(leaf.name, c.root_cause) AS root_cause_name, parent.name AS root_cause_group
FROM complaints c
JOIN departments d ON d.workspace = c.workspace AND d.key = c.origin
LEFT JOIN root_causes leaf ON leaf.workspace = c.workspace AND leaf.key = c.root_cause
LEFT JOIN root_causes parent ON parent.workspace = leaf.workspace AND parent.key = leaf.parent
WHERE c.closed_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."causes" IS 'Why it happened: count(*) by root_cause; the department is the one where the cause arose';
--> statement-breakpoint
CREATE VIEW "figures"."oldest_open" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.told_at AS at, c.filed_at, c.owner, c.severity
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.status <> 'closed' AND c.duplicate_of IS NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."oldest_open" IS 'Open the longest: the first by at; not a matter of a period';
--> statement-breakpoint
CREATE VIEW "figures"."repeat_customers" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.customer
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.duplicate_of IS NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."repeat_customers" IS 'Who came back to us: count(*) by customer (a number, not a name) in the period, or in the 60 days before its end where that is longer, where it is more than one and max(at) is in the period';
--> statement-breakpoint
CREATE VIEW "figures"."reporters" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.reporter
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department;
--> statement-breakpoint
COMMENT ON VIEW "figures"."reporters" IS 'Thanks: count(*) by reporter (Slack''s user id)';
--> statement-breakpoint
CREATE VIEW "figures"."to_own_90th" AS SELECT * FROM figures.to_own;
--> statement-breakpoint
COMMENT ON VIEW "figures"."to_own_90th" IS 'To own, nine in ten: percentile_cont(0.9) within group (order by milliseconds)';
--> statement-breakpoint
CREATE VIEW "figures"."to_callback_90th" AS SELECT * FROM figures.to_callback;
--> statement-breakpoint
COMMENT ON VIEW "figures"."to_callback_90th" IS 'To first callback, nine in ten: percentile_cont(0.9) within group (order by milliseconds)';
--> statement-breakpoint
CREATE VIEW "figures"."to_fixed_90th" AS SELECT * FROM figures.to_fixed;
--> statement-breakpoint
COMMENT ON VIEW "figures"."to_fixed_90th" IS 'To fixed, nine in ten: percentile_cont(0.9) within group (order by milliseconds)';
--> statement-breakpoint
CREATE VIEW "figures"."came_back" AS SELECT * FROM figures.repeat_customers;
--> statement-breakpoint
COMMENT ON VIEW "figures"."came_back" IS 'Customers who came back: as many as repeat_customers lists';
--> statement-breakpoint
CREATE VIEW "figures"."origins" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.closed_at AS at,
  c.origin, coalesce(o.name, c.origin) AS origin_name
FROM complaints c
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
LEFT JOIN departments o ON o.workspace = c.workspace AND o.key = c.origin
WHERE c.closed_at IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."origins" IS 'Where it arose: count(*) by origin';
--> statement-breakpoint
CREATE VIEW "figures"."load" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.filed_at AS at, c.next_deadline AS due_at, c.owner, c.severity
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.status <> 'closed' AND c.duplicate_of IS NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."load" IS 'On our hands: count(*); of these overdue where due_at < now(), unowned where owner is null; not a matter of a period';
--> statement-breakpoint
CREATE VIEW "figures"."overdue" AS
SELECT c.workspace, c.number AS complaint, c.department, d.name AS department_name, c.next_deadline AS at, c.filed_at, c.owner, c.severity
FROM complaints c JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE c.status <> 'closed' AND c.duplicate_of IS NULL AND c.next_deadline IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."overdue" IS 'Overdue: those with at < now(), the first by at; not a matter of a period';
--> statement-breakpoint
CREATE VIEW "figures"."with_part" AS
SELECT r.workspace, r.complaint, r.seq AS response, c.department, d.name AS department_name, r.due_at AS at,
  r.ended_at AS honoured_at, r.with_part
FROM responses r
JOIN complaints c ON c.workspace = r.workspace AND c.number = r.complaint
JOIN departments d ON d.workspace = c.workspace AND d.key = c.department
WHERE r.state = 'honoured' AND r.ended_at <= r.due_at AND r.with_part IS NOT NULL;
--> statement-breakpoint
COMMENT ON VIEW "figures"."with_part" IS 'With the part in hand: count(*) filter (where with_part), of count(*), where at or honoured_at is in the period';
--> statement-breakpoint
CREATE VIEW "figures"."make_good_cost" AS
SELECT m.workspace, m.complaint, m.seq AS make_good, m.department, d.name AS department_name, m.decided_at AS at, m.kind, m.amount, m.currency
FROM make_goods m JOIN departments d ON d.workspace = m.workspace AND d.key = m.department
WHERE m.state = 'granted';
--> statement-breakpoint
COMMENT ON VIEW "figures"."make_good_cost" IS 'Make-good cost: sum(amount), in the smallest unit of the currency; the department is the one that granted it';

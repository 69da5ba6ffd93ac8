-- What was open before ladders and silence begins with them now, and is looked at once, so that it gets its timers.
UPDATE "complaints" SET "ladder" = jsonb_build_object('startedAt', to_char(now() AT TIME ZONE 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'climbed', 0, 'from', null, 'called', null) WHERE "status" = 'open' AND "ladder" IS NULL;--> statement-breakpoint
UPDATE "complaints" SET "silent_since" = now() WHERE "status" = 'owned' AND "silent_since" IS NULL;--> statement-breakpoint
INSERT INTO "timers" ("workspace", "complaint", "name", "at") SELECT "workspace", "number", 'look again', now() FROM "complaints" WHERE "status" <> 'closed' ON CONFLICT DO NOTHING;

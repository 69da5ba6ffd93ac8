ALTER TABLE "complaint_subjects" RENAME TO "complaint_topics";--> statement-breakpoint
ALTER TABLE "complaint_topics" RENAME CONSTRAINT "complaint_subjects_workspace_kind_key_complaint_pk" TO "complaint_topics_workspace_kind_key_complaint_pk";--> statement-breakpoint
ALTER TABLE "complaint_topics" RENAME CONSTRAINT "complaint_subjects_workspace_complaint_complaints_workspace_number_fk" TO "complaint_topics_workspace_complaint_complaints_workspace_number_fk";--> statement-breakpoint
ALTER INDEX "complaint_subjects_of" RENAME TO "complaint_topics_of";--> statement-breakpoint
ALTER INDEX "complaint_subjects_new" RENAME TO "complaint_topics_new";--> statement-breakpoint
-- What was closed before counts, and is not looked at again.
INSERT INTO "complaint_topics" ("workspace", "kind", "key", "complaint", "counted_at", "told_at", "noticed_at")
SELECT workspace, 'cause', root_cause, number, closed_at, coalesce(reopened_at, told_at), closed_at FROM "complaints" WHERE status = 'closed' ON CONFLICT DO NOTHING;--> statement-breakpoint
CREATE TABLE "flaw_complaints" (
	"workspace" text NOT NULL,
	"flaw" integer NOT NULL,
	"complaint" integer NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"noted_at" timestamp (3) with time zone,
	CONSTRAINT "flaw_complaints_workspace_flaw_complaint_pk" PRIMARY KEY("workspace","flaw","complaint")
);
--> statement-breakpoint
CREATE TABLE "flaw_timeline" (
	"workspace" text NOT NULL,
	"flaw" integer NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text,
	"event" jsonb NOT NULL,
	CONSTRAINT "flaw_timeline_workspace_flaw_seq_pk" PRIMARY KEY("workspace","flaw","seq")
);
--> statement-breakpoint
CREATE TABLE "flaws" (
	"workspace" text NOT NULL,
	"number" integer NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"name" text,
	"department" text,
	"policy" jsonb NOT NULL,
	"status" text NOT NULL,
	"owner" text,
	"raised_at" timestamp (3) with time zone NOT NULL,
	"owned_at" timestamp (3) with time zone,
	"ladder" jsonb,
	"silent_since" timestamp (3) with time zone,
	"silence_asked_at" timestamp (3) with time zone,
	"responses" jsonb NOT NULL,
	"raised_with" integer NOT NULL,
	"before" integer,
	"closed_at" timestamp (3) with time zone,
	"closed_by" text,
	"ended_at" timestamp (3) with time zone,
	"entries" integer NOT NULL,
	"look_at" timestamp (3) with time zone,
	"picture" bigint,
	"card_channel" text,
	"card_ts" text,
	CONSTRAINT "flaws_workspace_number_pk" PRIMARY KEY("workspace","number"),
	CONSTRAINT "flaws_owner" CHECK ((status = 'open') = (owner is null)),
	CONSTRAINT "flaws_closed" CHECK ((status = 'closed') = (closed_at is not null))
);
--> statement-breakpoint
ALTER TABLE "complaint_topics" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "corrective_actions" ADD COLUMN "flaw" integer;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "flaw" integer;--> statement-breakpoint
ALTER TABLE "flaw_complaints" ADD CONSTRAINT "flaw_complaints_workspace_flaw_flaws_workspace_number_fk" FOREIGN KEY ("workspace","flaw") REFERENCES "public"."flaws"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flaw_complaints" ADD CONSTRAINT "flaw_complaints_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flaw_timeline" ADD CONSTRAINT "flaw_timeline_workspace_flaw_flaws_workspace_number_fk" FOREIGN KEY ("workspace","flaw") REFERENCES "public"."flaws"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "flaw_complaints_of" ON "flaw_complaints" USING btree ("workspace","complaint");--> statement-breakpoint
CREATE INDEX "flaw_complaints_new" ON "flaw_complaints" USING btree ("workspace","flaw","complaint") WHERE noted_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "flaws_one" ON "flaws" USING btree ("workspace","kind","key") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "flaws_ended" ON "flaws" USING btree ("workspace","kind","key","ended_at") WHERE ended_at is not null;--> statement-breakpoint
CREATE INDEX "flaws_due" ON "flaws" USING btree ("workspace","look_at") WHERE look_at is not null;--> statement-breakpoint
ALTER TABLE "corrective_actions" ADD CONSTRAINT "corrective_actions_workspace_flaw_flaws_workspace_number_fk" FOREIGN KEY ("workspace","flaw") REFERENCES "public"."flaws"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "complaint_topics_counted" ON "complaint_topics" USING btree ("workspace","kind","key","counted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "corrective_actions_of_flaw" ON "corrective_actions" USING btree ("workspace","flaw","seq");--> statement-breakpoint
ALTER TABLE "corrective_actions" ADD CONSTRAINT "corrective_actions_agreed" CHECK ((complaint is null) <> (flaw is null));
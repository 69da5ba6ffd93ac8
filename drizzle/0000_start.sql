CREATE TABLE "callbacks" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"outcome" text NOT NULL,
	"said" text,
	"settled" boolean NOT NULL,
	"promise" integer,
	CONSTRAINT "callbacks_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq")
);
--> statement-breakpoint
CREATE TABLE "complaints" (
	"workspace" text NOT NULL,
	"number" integer NOT NULL,
	"status" text NOT NULL,
	"customer" bigint NOT NULL,
	"customer_name" text NOT NULL,
	"feeling" text NOT NULL,
	"words" text NOT NULL,
	"tried" text,
	"severity" text NOT NULL,
	"contact" text,
	"reference" text,
	"department" text NOT NULL,
	"reporter" text NOT NULL,
	"owner" text,
	"told_at" timestamp (3) with time zone NOT NULL,
	"filed_at" timestamp (3) with time zone NOT NULL,
	"owned_at" timestamp (3) with time zone,
	"policy" jsonb NOT NULL,
	"source_channel" text,
	"source_ts" text,
	"source_permalink" text,
	"edits" integer DEFAULT 0 NOT NULL,
	"reopens" integer DEFAULT 0 NOT NULL,
	"reopened_at" timestamp (3) with time zone,
	"entries" integer NOT NULL,
	"next_deadline" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"closed_by" text,
	"root_cause" text,
	"origin" text,
	"done" text,
	"fix" text,
	"avoidable" boolean,
	"settled" text,
	"first_closed_at" timestamp (3) with time zone,
	"first_fix" text,
	"first_reopened_at" timestamp (3) with time zone,
	"card_channel" text,
	"card_ts" text,
	CONSTRAINT "complaints_workspace_number_pk" PRIMARY KEY("workspace","number"),
	CONSTRAINT "complaints_status" CHECK (status in ('open', 'owned', 'closed')),
	CONSTRAINT "complaints_owner" CHECK ((status = 'open') = (owner is null)),
	CONSTRAINT "complaints_gate" CHECK (status <> 'closed' or (root_cause is not null and origin is not null and done is not null and fix is not null and avoidable is not null and settled is not null and closed_at is not null and closed_by is not null))
);
--> statement-breakpoint
CREATE TABLE "customers" (
	"workspace" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "customers_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"name" text NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "customers_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "departments" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"lead" text,
	"usergroup" text,
	"authority" integer,
	"hours" jsonb,
	"position" integer NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	CONSTRAINT "departments_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "digests" (
	"workspace" text NOT NULL,
	"slot" timestamp (3) with time zone NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "digests_workspace_slot_pk" PRIMARY KEY("workspace","slot")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"workspace" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"lane" text NOT NULL,
	"kind" text NOT NULL,
	"message" jsonb NOT NULL,
	"complaint" integer,
	"state" text DEFAULT 'pending' NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"dispatched_at" timestamp (3) with time zone,
	"sent_at" timestamp (3) with time zone,
	"channel" text,
	"ts" text,
	"redirected" text,
	"error" text,
	CONSTRAINT "outbox_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "promises" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reminded_to" timestamp (3) with time zone NOT NULL,
	"company_told_at" timestamp (3) with time zone,
	"promised_by" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	CONSTRAINT "promises_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq")
);
--> statement-breakpoint
CREATE TABLE "responses" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"reminded_to" timestamp (3) with time zone NOT NULL,
	"company_told_at" timestamp (3) with time zone,
	"state" text NOT NULL,
	CONSTRAINT "responses_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq")
);
--> statement-breakpoint
CREATE TABLE "root_causes" (
	"workspace" text NOT NULL,
	"key" text NOT NULL,
	"parent" text,
	"name" text NOT NULL,
	"origin" text,
	"position" integer NOT NULL,
	"retired" boolean DEFAULT false NOT NULL,
	CONSTRAINT "root_causes_workspace_key_pk" PRIMARY KEY("workspace","key")
);
--> statement-breakpoint
CREATE TABLE "submissions" (
	"workspace" text NOT NULL,
	"view" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"complaint" integer,
	CONSTRAINT "submissions_workspace_view_pk" PRIMARY KEY("workspace","view")
);
--> statement-breakpoint
CREATE TABLE "timeline" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text,
	"event" jsonb NOT NULL,
	CONSTRAINT "timeline_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq")
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "timers_workspace_complaint_name_pk" PRIMARY KEY("workspace","complaint","name")
);
--> statement-breakpoint
CREATE TABLE "visits" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"remote" boolean NOT NULL,
	"who" text NOT NULL,
	"eta" timestamp (3) with time zone,
	"parts" text,
	"planned_at" timestamp (3) with time zone NOT NULL,
	"arrived_at" timestamp (3) with time zone,
	"outcome" text,
	"outcome_at" timestamp (3) with time zone,
	"done" text,
	CONSTRAINT "visits_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"workspace" text PRIMARY KEY NOT NULL,
	"last_number" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 0 NOT NULL,
	"settings" jsonb,
	"configured_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "callbacks" ADD CONSTRAINT "callbacks_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_workspace_customer_customers_workspace_id_fk" FOREIGN KEY ("workspace","customer") REFERENCES "public"."customers"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "promises" ADD CONSTRAINT "promises_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timeline" ADD CONSTRAINT "timeline_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "visits" ADD CONSTRAINT "visits_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "callbacks_first" ON "callbacks" USING btree ("workspace","at") WHERE seq = 1;--> statement-breakpoint
CREATE INDEX "complaints_running" ON "complaints" USING btree ("workspace","next_deadline","number") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "complaints_owned" ON "complaints" USING btree ("workspace","owner") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "complaints_filed" ON "complaints" USING btree ("workspace","filed_at","customer","department","reporter");--> statement-breakpoint
CREATE INDEX "complaints_closed" ON "complaints" USING btree ("workspace","closed_at") WHERE closed_at is not null;--> statement-breakpoint
CREATE INDEX "complaints_owned_at" ON "complaints" USING btree ("workspace","owned_at") WHERE owned_at is not null;--> statement-breakpoint
CREATE INDEX "complaints_reopened" ON "complaints" USING btree ("workspace","reopened_at") WHERE reopened_at is not null;--> statement-breakpoint
CREATE INDEX "complaints_first_closed" ON "complaints" USING btree ("workspace","first_closed_at") WHERE first_reopened_at is not null;--> statement-breakpoint
CREATE INDEX "complaints_oldest" ON "complaints" USING btree ("workspace","department","told_at","number") WHERE status <> 'closed';--> statement-breakpoint
CREATE UNIQUE INDEX "customers_by_key" ON "customers" USING btree ("workspace","key");--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("workspace","not_before") WHERE state in ('pending', 'sending', 'unknown');--> statement-breakpoint
CREATE INDEX "outbox_lanes" ON "outbox" USING btree ("workspace","lane","id") WHERE state in ('pending', 'sending', 'unknown');--> statement-breakpoint
CREATE INDEX "outbox_reminders" ON "outbox" USING btree ("workspace","complaint") WHERE kind = 'reminder';--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_one_card" ON "outbox" USING btree ("workspace","lane") WHERE kind = 'card' and state = 'pending' and fence = 0;--> statement-breakpoint
CREATE INDEX "promises_due" ON "promises" USING btree ("workspace","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "promises_one_pending" ON "promises" USING btree ("workspace","complaint") WHERE state = 'pending';--> statement-breakpoint
CREATE INDEX "responses_due" ON "responses" USING btree ("workspace","due_at");--> statement-breakpoint
CREATE INDEX "responses_honoured" ON "responses" USING btree ("workspace","ended_at") WHERE state = 'honoured';--> statement-breakpoint
CREATE INDEX "submissions_by_age" ON "submissions" USING btree ("at");--> statement-breakpoint
CREATE INDEX "timers_due" ON "timers" USING btree ("workspace","at");
CREATE TABLE "complaint_subjects" (
	"workspace" text NOT NULL,
	"kind" text NOT NULL,
	"key" text NOT NULL,
	"complaint" integer NOT NULL,
	"counted_at" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	"noticed_at" timestamp (3) with time zone,
	CONSTRAINT "complaint_subjects_workspace_kind_key_complaint_pk" PRIMARY KEY("workspace","kind","key","complaint")
);
--> statement-breakpoint
CREATE TABLE "corrective_actions" (
	"workspace" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "corrective_actions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"complaint" integer,
	"seq" integer NOT NULL,
	"words" text NOT NULL,
	"taken_by" text NOT NULL,
	"agreed_by" text NOT NULL,
	"root_cause" text,
	"origin" text NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"reminded_to" timestamp (3) with time zone NOT NULL,
	"lead_told_at" timestamp (3) with time zone,
	"done_at" timestamp (3) with time zone,
	"done_by" text,
	"changed" text,
	"proof" text,
	"watched_until" timestamp (3) with time zone,
	"recurred_at" timestamp (3) with time zone,
	"recurred_in" integer,
	"answered_at" timestamp (3) with time zone,
	"answer" text,
	CONSTRAINT "corrective_actions_workspace_id_pk" PRIMARY KEY("workspace","id"),
	CONSTRAINT "corrective_actions_done" CHECK ((done_at is null) = (changed is null or proof is null))
);
--> statement-breakpoint
ALTER TABLE "complaints" DROP CONSTRAINT "complaints_gate";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "action" integer;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "why_none" text;--> statement-breakpoint
ALTER TABLE "complaint_subjects" ADD CONSTRAINT "complaint_subjects_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corrective_actions" ADD CONSTRAINT "corrective_actions_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "complaint_subjects_of" ON "complaint_subjects" USING btree ("workspace","complaint");--> statement-breakpoint
CREATE INDEX "complaint_subjects_new" ON "complaint_subjects" USING btree ("workspace","told_at","complaint") WHERE noticed_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "corrective_actions_of_complaint" ON "corrective_actions" USING btree ("workspace","complaint","seq");--> statement-breakpoint
CREATE INDEX "corrective_actions_open" ON "corrective_actions" USING btree ("workspace","due_at") WHERE done_at is null;--> statement-breakpoint
CREATE INDEX "corrective_actions_done_at" ON "corrective_actions" USING btree ("workspace","done_at") WHERE done_at is not null;--> statement-breakpoint
CREATE INDEX "corrective_actions_watched" ON "corrective_actions" USING btree ("workspace","root_cause","watched_until") WHERE done_at is not null and recurred_at is null;--> statement-breakpoint
-- What was closed before is not asked for a corrective action.
UPDATE "complaints" SET "why_none" = 'Closed before corrective actions were asked for.' WHERE status = 'closed';--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_gate" CHECK (status <> 'closed' or (root_cause is not null and origin is not null and done is not null and fix is not null and avoidable is not null and settled is not null and closed_at is not null and closed_by is not null and (action is not null or why_none is not null)));
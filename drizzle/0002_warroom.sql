CREATE TABLE "war_rooms" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"state" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"channel" text,
	CONSTRAINT "war_rooms_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq")
);
--> statement-breakpoint
ALTER TABLE "war_rooms" ADD CONSTRAINT "war_rooms_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;
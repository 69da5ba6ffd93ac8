CREATE TABLE "evidence" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"file" text NOT NULL,
	"name" text NOT NULL,
	"mimetype" text NOT NULL,
	"size" bigint NOT NULL,
	"permalink" text,
	"origin" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"added_by" text NOT NULL,
	"gone_at" timestamp (3) with time zone,
	CONSTRAINT "evidence_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq")
);
--> statement-breakpoint
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "evidence_by_file" ON "evidence" USING btree ("workspace","file");--> statement-breakpoint
CREATE INDEX "complaints_card" ON "complaints" USING btree ("workspace","card_channel","card_ts");
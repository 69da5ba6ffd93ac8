CREATE TABLE "make_goods" (
	"workspace" text NOT NULL,
	"complaint" integer NOT NULL,
	"seq" integer NOT NULL,
	"kind" text NOT NULL,
	"amount" bigint,
	"currency" text NOT NULL,
	"note" text,
	"department" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"approver" text,
	"answer_due_at" timestamp (3) with time zone,
	"decided_by" text,
	"decided_at" timestamp (3) with time zone,
	"reason" text,
	CONSTRAINT "make_goods_workspace_complaint_seq_pk" PRIMARY KEY("workspace","complaint","seq"),
	CONSTRAINT "make_goods_amount" CHECK (amount > 0 and amount < 10000000000000 or amount is null and kind in ('replacement', 'visit')),
	CONSTRAINT "make_goods_decided" CHECK ((state = 'asked') = (decided_at is null) and (state = 'asked') = (decided_by is null))
);
--> statement-breakpoint
DROP INDEX "outbox_reminders";--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "with_part" boolean;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "en_route_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "eta_told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "called_off_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "make_goods" ADD CONSTRAINT "make_goods_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "make_goods_granted" ON "make_goods" USING btree ("workspace","decided_at") WHERE state = 'granted';--> statement-breakpoint
CREATE INDEX "outbox_changing" ON "outbox" USING btree ("workspace","complaint") WHERE kind in ('reminder', 'company-reminder', 'call', 'company-call', 'still-on-it', 'visit', 'eta-passed', 'make-good-asked', 'make-good-company');
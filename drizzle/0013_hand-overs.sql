CREATE TABLE "former_cards" (
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"complaint" integer NOT NULL,
	"home" text NOT NULL,
	"left_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "former_cards_workspace_channel_ts_pk" PRIMARY KEY("workspace","channel","ts")
);
--> statement-breakpoint
DROP INDEX "outbox_of_complaint";--> statement-breakpoint
DROP INDEX "outbox_changing";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "hand_overs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "settling" jsonb;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "card_home" text;--> statement-breakpoint
ALTER TABLE "former_cards" ADD CONSTRAINT "former_cards_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_cards_of" ON "former_cards" USING btree ("workspace","complaint","left_at");--> statement-breakpoint
CREATE INDEX "outbox_of_complaint" ON "outbox" USING btree ("workspace","complaint","id");--> statement-breakpoint
CREATE INDEX "outbox_changing" ON "outbox" USING btree ("workspace","complaint") WHERE kind in ('reminder', 'company-reminder', 'call', 'company-call', 'settle-call', 'still-on-it', 'visit', 'eta-passed', 'make-good-asked', 'make-good-company');
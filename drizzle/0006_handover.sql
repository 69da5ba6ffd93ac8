CREATE TABLE "former_cards" (
	"workspace" text NOT NULL,
	"channel" text NOT NULL,
	"ts" text NOT NULL,
	"complaint" integer NOT NULL,
	"department" text NOT NULL,
	"left_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "former_cards_workspace_channel_ts_pk" PRIMARY KEY("workspace","channel","ts")
);
--> statement-breakpoint
DROP INDEX "outbox_reminders";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "hand_overs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "settling" jsonb;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "card_department" text;--> statement-breakpoint
ALTER TABLE "former_cards" ADD CONSTRAINT "former_cards_workspace_complaint_complaints_workspace_number_fk" FOREIGN KEY ("workspace","complaint") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_cards_of" ON "former_cards" USING btree ("workspace","complaint","left_at");--> statement-breakpoint
CREATE INDEX "complaints_by_card" ON "complaints" USING btree ("workspace","card_channel","card_ts");--> statement-breakpoint
CREATE INDEX "outbox_asking" ON "outbox" USING btree ("workspace","complaint") WHERE kind in ('reminder', 'company-reminder', 'settle-call');
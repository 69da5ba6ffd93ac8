DROP INDEX "outbox_reminders";--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "with_part" boolean;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "en_route_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "eta_told_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "visits" ADD COLUMN "called_off_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "outbox_changing" ON "outbox" USING btree ("workspace","complaint") WHERE kind in ('reminder', 'company-reminder', 'call', 'company-call', 'visit', 'eta-passed');
ALTER TABLE "complaints" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "complaints_with_words" ON "complaints" USING btree ("workspace","closed_at") WHERE status = 'closed' and erased_at is null;--> statement-breakpoint
CREATE INDEX "outbox_of_complaint" ON "outbox" USING btree ("workspace","complaint") WHERE state in ('sending', 'unknown', 'sent');
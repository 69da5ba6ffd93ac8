DROP INDEX "outbox_changing";--> statement-breakpoint
DROP INDEX "complaints_filed";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "confidential" jsonb;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "is_confidential" boolean GENERATED ALWAYS AS (confidential is not null) STORED NOT NULL;--> statement-breakpoint
CREATE INDEX "complaints_filed" ON "complaints" USING btree ("workspace","filed_at","customer","department","reporter","duplicate_of","is_confidential");--> statement-breakpoint

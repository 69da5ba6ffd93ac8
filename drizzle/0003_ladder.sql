ALTER TABLE "complaints" ADD COLUMN "levels" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "ladder" jsonb;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "silent_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "silence_asked_at" timestamp (3) with time zone;
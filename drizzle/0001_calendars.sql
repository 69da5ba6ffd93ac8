ALTER TABLE "departments" ADD COLUMN "deputy" text;--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "members" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "departments" ADD COLUMN "levels" jsonb DEFAULT '[]'::jsonb NOT NULL;
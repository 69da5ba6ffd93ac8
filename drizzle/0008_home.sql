CREATE TABLE "home" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"asker" jsonb NOT NULL,
	"filters" jsonb NOT NULL,
	"watches" jsonb,
	"published_at" timestamp (3) with time zone,
	"hash" text,
	"shown" text,
	CONSTRAINT "home_workspace_person_pk" PRIMARY KEY("workspace","person")
);
--> statement-breakpoint
CREATE INDEX "home_opened" ON "home" USING btree ("workspace","opened_at");--> statement-breakpoint
CREATE INDEX "complaints_reported" ON "complaints" USING btree ("workspace","reporter","closed_at");--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_one_home" ON "outbox" USING btree ("workspace","lane") WHERE kind = 'home' and state = 'pending' and fence = 0;
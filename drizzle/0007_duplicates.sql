DROP INDEX "complaints_filed";--> statement-breakpoint
ALTER TABLE "complaints" ADD COLUMN "duplicate_of" integer;--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_workspace_duplicate_of_complaints_workspace_number_fk" FOREIGN KEY ("workspace","duplicate_of") REFERENCES "public"."complaints"("workspace","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "complaints_duplicates" ON "complaints" USING btree ("workspace","duplicate_of") WHERE duplicate_of is not null;--> statement-breakpoint
CREATE INDEX "complaints_filed" ON "complaints" USING btree ("workspace","filed_at","customer","department","reporter","duplicate_of");--> statement-breakpoint
ALTER TABLE "complaints" ADD CONSTRAINT "complaints_duplicate" CHECK (duplicate_of <> number);
CREATE TABLE "customer_blocks" (
	"workspace" text NOT NULL,
	"block" text NOT NULL,
	"customer" bigint NOT NULL,
	CONSTRAINT "customer_blocks_workspace_block_customer_pk" PRIMARY KEY("workspace","block","customer")
);
--> statement-breakpoint
CREATE TABLE "customer_changes" (
	"workspace" text NOT NULL,
	"id" bigint GENERATED ALWAYS AS IDENTITY (sequence name "customer_changes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"customer" bigint NOT NULL,
	"into" bigint,
	"before" text NOT NULL,
	"after" text NOT NULL,
	"complaint" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "customer_changes_workspace_id_pk" PRIMARY KEY("workspace","id")
);
--> statement-breakpoint
CREATE TABLE "same_customer" (
	"workspace" text NOT NULL,
	"one" bigint NOT NULL,
	"other" bigint NOT NULL,
	"complaint" integer NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"same" boolean,
	"answered_by" text,
	"answered_at" timestamp (3) with time zone,
	CONSTRAINT "same_customer_workspace_one_other_pk" PRIMARY KEY("workspace","one","other"),
	CONSTRAINT "same_customer_order" CHECK (one < other)
);
--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "called" text;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "merged_into" bigint;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "keyed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "customers" ADD COLUMN "compared_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "customer_blocks" ADD CONSTRAINT "customer_blocks_workspace_customer_customers_workspace_id_fk" FOREIGN KEY ("workspace","customer") REFERENCES "public"."customers"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customers" ADD CONSTRAINT "customers_workspace_merged_into_customers_workspace_id_fk" FOREIGN KEY ("workspace","merged_into") REFERENCES "public"."customers"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "complaints_of_customer" ON "complaints" USING btree ("workspace","customer","filed_at");--> statement-breakpoint
CREATE INDEX "complaints_open_of_customer" ON "complaints" USING btree ("workspace","customer") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "customers_merged" ON "customers" USING btree ("workspace","merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE INDEX "customers_not_keyed" ON "customers" USING btree ("workspace","id") WHERE not keyed;
-- Blocking keys hold a name's digits by now. Names that may have some are filed anew by the next housekeeping.
DELETE FROM "customer_blocks" USING "customers"
WHERE "customers"."workspace" = "customer_blocks"."workspace" AND "customers"."id" = "customer_blocks"."customer"
  AND "customers"."name" ~ '[0-9]|[^\x01-\x7f]';--> statement-breakpoint
UPDATE "customers" SET "keyed" = false WHERE "erased_at" IS NULL AND "name" ~ '[0-9]|[^\x01-\x7f]';

DROP INDEX "outbox_due";--> statement-breakpoint
CREATE INDEX "outbox_due" ON "outbox" USING btree ("workspace","not_before","id") WHERE state in ('pending', 'sending', 'unknown');
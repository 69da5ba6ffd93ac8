import { type Delivery, deliverOnce } from './deliver.ts'

/** Batches under way at once: one that waits for Slack does not hold up the others. */
const BATCHES = 4

/** Delivers whenever it is woken, until nothing is due. */
export class Courier {
  private readonly delivery: Delivery
  private readonly onFault: (error: unknown) => void
  private readonly running = new Set<Promise<void>>()
  private wokenMeanwhile = false
  /** Why nothing is sent at the moment: the workspace's token no longer works. */
  stopped: string | null = null

  constructor(delivery: Delivery, onFault: (error: unknown) => void) {
    this.delivery = delivery
    this.onFault = onFault
  }

  wake(): void {
    if (this.stopped !== null) return
    if (this.running.size >= BATCHES) {
      this.wokenMeanwhile = true
      return
    }
    const run = this.run().finally(() => {
      this.running.delete(run)
      if (!this.wokenMeanwhile) return
      this.wokenMeanwhile = false
      this.wake()
    })
    this.running.add(run)
  }

  private async run(): Promise<void> {
    try {
      while (this.stopped === null && (await deliverOnce(this.delivery)) > 0);
    } catch (error) {
      this.onFault(error)
    }
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.running.size > 0) await Promise.allSettled(this.running)
  }

  /** Takes on nothing new, and resolves once what is under way has ended. */
  async stop(why: string): Promise<void> {
    this.stopped = why
    await this.idle()
  }
}

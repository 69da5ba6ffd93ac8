import type { DemoChannel, DemoState } from './contract.ts'

interface Marks {
  /** The workspace's time when this browser first looked: what is older was read. Seconds. */
  since: number
  /** By person and channel: the newest ts they have seen. */
  read: Record<string, Record<string, string>>
}

const KEY = 'amends-demo-read'

function load(now: number): Marks {
  try {
    const marks = JSON.parse(localStorage.getItem(KEY) ?? '') as Marks
    // A clock that went back: the demo was started afresh.
    if (typeof marks.since === 'number' && marks.since <= now && marks.read) return marks
  } catch {
    // Nothing yet.
  }
  return { since: now, read: {} }
}

function save(marks: Marks): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(marks))
  } catch {
    // Not allowed: everything stays unread.
  }
}

export class Unread {
  private readonly marks: Marks

  constructor(state: DemoState) {
    this.marks = load(Date.parse(state.now) / 1000)
    save(this.marks)
  }

  has(as: string, { id, newest }: DemoChannel): boolean {
    if (newest === null || Number(newest) <= this.marks.since) return false
    return Number(newest) > Number(this.marks.read[as]?.[id] ?? 0)
  }

  see(as: string, { id, newest }: DemoChannel): void {
    if (newest === null || this.marks.read[as]?.[id] === newest) return
    this.marks.read[as] = { ...this.marks.read[as], [id]: newest }
    save(this.marks)
  }
}

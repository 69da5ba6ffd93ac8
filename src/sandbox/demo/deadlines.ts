import { DateTime } from 'luxon'
import { HOUR, MINUTE } from '../../complaint/time.ts'
import { objects, shown, text } from '../json.ts'
import type { SandboxMessage, SandboxSlack } from '../types.ts'
import { elementsOf } from '../view-blocks.ts'

/*
 * When something may fall due, as anybody can read it off the cards in the channels: nothing of the bot is asked. Looking
 * once too often does no harm.
 */

/** The ladder, and the reminders around a deadline, by the default policy. Milliseconds. */
const AFTER_FILING = [5, 10, 15, 20, 30, 60].map((minutes) => minutes * MINUTE)
const AROUND_DEADLINE = [-12 * HOUR, -4 * HOUR, -HOUR, -15 * MINUTE, 0]
const OVERDUE_EVERY = 4 * HOUR

interface OpenCard {
  /** Null: somebody owns it. */
  readonly unownedSince: number | null
  readonly deadlines: readonly number[]
  readonly etas: readonly number[]
}

/** The number on a card's buttons; undefined: this is no card. */
export function numberOnCard(message: SandboxMessage): number | undefined {
  const more = message.thread_ts
    ? undefined
    : elementsOf(message.blocks).find(({ element }) => text(element.action_id) === 'more')
  return more ? Number(more.element.value) : undefined
}

const offers = ({ blocks }: SandboxMessage, action: string): boolean =>
  elementsOf(blocks).some(({ element }) => text(element.action_id) === action)

function openCards(slack: SandboxSlack): OpenCard[] {
  return slack
    .everything()
    .filter((message) => numberOnCard(message) !== undefined && offers(message, 'close_out'))
    .map((message) => ({
      unownedSince: offers(message, 'own') ? Number(message.ts) * 1000 : null,
      deadlines: datesIn(message, /^\*(Response|Callback)\*/),
      etas: datesIn(message, /^\*Visit\*/),
    }))
}

function datesIn({ blocks }: SandboxMessage, label: RegExp): number[] {
  return blocks
    .flatMap((block) => objects(block.fields))
    .map((field) => shown({ text: field.text }))
    .flatMap((words) => {
      const seconds = label.test(words) ? /<!date\^(\d+)\^/.exec(words)?.[1] : undefined
      return seconds ? [Number(seconds) * 1000] : []
    })
}

/** The first deadline of an open complaint after `now`. */
export function nextDeadline(slack: SandboxSlack, now: number): number | null {
  const ahead = openCards(slack)
    .flatMap((card) => card.deadlines)
    .filter((at) => at > now)
  return ahead.length === 0 ? null : Math.min(...ahead)
}

/** Monday 09:00 on the workspace's clock, the first after `now`. */
export function nextMonday(now: number, timezone: string): number {
  const today = DateTime.fromMillis(now, { zone: timezone })
  const monday = today.set({ weekday: 1, hour: 9, minute: 0, second: 0, millisecond: 0 })
  return (monday.toMillis() > now ? monday : monday.plus({ weeks: 1 })).toMillis()
}

/** The next moment after `now` at which something may fall due. */
export function nextStop(slack: SandboxSlack, now: number, timezone: string): number {
  const moments = openCards(slack).flatMap(({ unownedSince, deadlines, etas }) => [
    ...etas,
    ...(unownedSince === null ? [] : AFTER_FILING.map((after) => unownedSince + after)),
    ...deadlines.flatMap((at) => [...AROUND_DEADLINE.map((around) => at + around), ...overdue(at, now)]),
  ])
  return Math.min(nextMonday(now, timezone), ...moments.filter((at) => at > now))
}

function overdue(deadline: number, now: number): number[] {
  const over = Math.max(Math.floor((now - deadline) / OVERDUE_EVERY), 0) + 1
  return [deadline + over * OVERDUE_EVERY]
}

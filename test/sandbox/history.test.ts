import { expect, test } from 'vitest'
import { STORIES } from '../../src/sandbox/demo/history.ts'
import type { Beat } from '../../src/sandbox/demo/story.ts'
import { later } from '../../src/sandbox/demo/teller.ts'

/** Whoever adds a kind of beat tells it in a story. */
const TOLD: Readonly<Record<Beat['does'], true>> = {
  ...{ own: true, call: true, visit: true, 'change visit': true, 'set out': true, arrive: true, outcome: true },
  ...{ 'fix remotely': true, close: true, finish: true, answer: true, say: true, reopen: true },
  ...{ 'hand over': true, settle: true, reassign: true, raise: true, stay: true, 'go away': true },
  ...{ 'own flaw': true, 'close flaw': true },
  ...{ 'make good': true, approve: true, decline: true, 'make confidential': true },
  ...{ link: true, split: true, 'same customer': true, 'rename customer': true, 'erase customer': true },
}

test('the demo’s past shows everything that people do', () => {
  const beats = STORIES.flatMap(({ beats }) => beats)
  expect(new Set(beats.map(({ does }) => does))).toEqual(new Set(Object.keys(TOLD)))
  for (const severity of [undefined, 'Serious', 'Critical'])
    expect(STORIES.some((story) => story.severity === severity)).toBe(true)
  for (const { customer, beats } of STORIES) {
    const times = beats.map(({ after }) => after)
    expect(times, customer).toEqual(times.toSorted((one, other) => one - other))
  }
})

test('a week later it is the same time of day, also where the clocks were changed', () => {
  const from = Date.parse('2026-10-26T13:45:00Z')
  const week = (7 * 24 + 4) * 60
  expect(new Date(later(from, week, 'America/Chicago')).toISOString()).toBe('2026-11-02T18:45:00.000Z')
  expect(new Date(later(from, week, 'UTC')).toISOString()).toBe('2026-11-02T17:45:00.000Z')
})

import { expect, test } from 'vitest'
import { instantIn } from '../../src/cli/instant.ts'

test.each([
  ['2026-03-01', 'America/Chicago', '2026-03-01T06:00:00.000Z'],
  // A day that begins at one, and one on which the clock shows midnight twice.
  ['2026-03-08', 'America/Havana', '2026-03-08T05:00:00.000Z'],
  ['2026-11-01', 'America/Havana', '2026-11-01T04:00:00.000Z'],
  ['2026-03-01T08:00:00Z', 'America/Chicago', '2026-03-01T08:00:00.000Z'],
  ['2026-03-01T08:00+05:30', 'America/Chicago', '2026-03-01T02:30:00.000Z'],
])('%s in %s is %s', (typed, timezone, instant) => {
  expect(instantIn(typed, timezone, '--from').toISOString()).toBe(instant)
})

test.each(['', '2026-02-30', '2026-3-1', '1 March', '2026-03-01T08:00', '2026-03-01T25:00Z', '2026-03-01 08:00Z'])(
  '%j is neither a day nor an instant',
  (typed) => {
    expect(() => instantIn(typed, 'UTC', '--from')).toThrow('--from: expected a day such as 2026-03-01')
  },
)

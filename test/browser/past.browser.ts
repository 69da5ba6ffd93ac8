import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { REMARKS, STORIES } from '../../src/sandbox/demo/history.ts'
import { runDemo } from '../support/demo.ts'
import { embeddedTemplate } from '../support/globalSetup.ts'

/* Needs no browser, but the minute that these tests take anyway. */

test('all of the demo’s past can be played, and shows what it is to show', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'amends-demo-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const { demo, stop } = await runDemo(directory, {
    ...{ stories: STORIES, remarks: REMARKS, timezone: 'America/Chicago' },
    prepare: async (bot) => cp(await embeddedTemplate(), bot, { recursive: true }),
  })
  onTestFinished(stop)
  const said = demo.slack
    .everything()
    .map(({ text }) => text)
    .join('\n')
  for (const words of [
    'No word came for a while',
    'Nobody in Warehouse has taken it',
    'raised it to the next level: Tool room',
    'The leads settle it; it stays with Warehouse.',
    'settled it: Manufacturing takes it from Product design.',
    'after the response time.',
    '*a refund of $640.00*: approved by',
    'declined a refund',
    'They are one customer from now on.',
    'Linden Court Housing is called Linden Court Homes now.',
    'split it off from',
    'is the same complaint as',
    'is confidential; those it concerns are told.',
    'The war room is archived.',
    'Erased customer',
  ])
    expect(said).toContain(words)
  expect(said).not.toContain('Mrs Aldous')
  expect(demo.slack.problems).toEqual([])
})

import { describe, expect, test } from 'vitest'
import { cardIn, world } from '../support/world.ts'
import { CLOSE_OUT, form, REPORT, send, toldBy, WORDS } from './support.ts'

describe.each(['http', 'socket'] as const)('over %s', (mode) => {
  test('the global shortcut opens the same form', async () => {
    const w = await world({ mode })
    await w.people.lena.globalShortcut('file_a_complaint')
    const modal = await w.people.lena.waitForModal()
    expect(modal.title).toBe('File a complaint')
    expect(modal.labels).toHaveLength(11)
    await send(w, modal, REPORT)
    expect(cardIn(w, 'manufacturing', 1).text).toContain(`<@${w.people.lena.id}>`)
    expect(w.slack.problems).toEqual([])
  })

  test('a message is filed with its permalink, and its thread is told', async () => {
    const w = await world({ mode })
    const { slack, people } = w
    const service = slack.channel('service')
    const ts = await slack.say(
      'lou',
      'service',
      'Acme &amp; Co wrote: *wrong* valve, see <https://acme.example/4|order 4>',
    )
    await people.rita.messageShortcut('file_as_complaint', service, ts)
    const modal = await people.rita.waitForModal()
    expect(modal.value(WORDS)).toMatchObject({
      value: 'Acme & Co wrote: *wrong* valve, see order 4 (https://acme.example/4)',
    })
    const { [WORDS]: _, ...rest } = REPORT
    await send(w, modal, rest)
    const card = cardIn(w, 'manufacturing', 1)
    expect(JSON.stringify(card.blocks)).toContain(`/archives/${service}/p${ts.replace('.', '')}|The message`)
    const told = slack.thread(service, ts).slice(1)
    expect(told).toHaveLength(1)
    expect(told[0]?.text).toMatch(/^Filed as <https:.*\|#1>$/)
    expect(told[0]?.reply_broadcast).toBeUndefined()

    await send(w, await form(w, 'fred', 1, 'Close out'), CLOSE_OUT)
    await send(w, await form(w, 'lena', 1, 'Reopen'), { Reason: 'It leaks again.' })
    expect(slack.thread(service, ts).map((message) => message.text)).toEqual([
      expect.any(String),
      expect.stringContaining('Filed as'),
      expect.stringContaining('is closed: fixed'),
      expect.stringContaining('is open again'),
    ])
    expect(slack.problems).toEqual([])
  })
})

test('a message too long for the field is cut, and says so', async () => {
  const w = await world()
  const { slack, people } = w
  const ts = await slack.say('rita', 'service', 'Too long. '.repeat(400))
  await people.rita.messageShortcut('file_as_complaint', slack.channel('service'), ts)
  const modal = await people.rita.waitForModal()
  const { value } = modal.value(WORDS) as { value: string }
  expect(value.length).toBeLessThanOrEqual(3000)
  expect(value.length).toBeGreaterThan(2900)
  expect(JSON.stringify(modal.blocks)).toContain('The rest stays at the linked message')
  const { [WORDS]: _, ...rest } = REPORT
  await send(w, modal, rest)
  cardIn(w, 'manufacturing', 1)
  expect(slack.problems).toEqual([])
})

test('where the bot can not answer in the thread, the fallback channel hears it', async () => {
  const w = await world({
    slack: {
      channels: [
        ...['service', 'manufacturing', 'logistics', 'design', 'company', 'ops'].map((name) => ({ name })),
        { name: 'elsewhere', bot: false },
      ],
    },
  })
  const { slack, people } = w
  const elsewhere = slack.channel('elsewhere')
  const ts = await slack.say('rita', 'elsewhere', 'Acme is furious')
  await people.rita.messageShortcut('file_as_complaint', elsewhere, ts)
  const { [WORDS]: _, ...rest } = REPORT
  await send(w, await people.rita.waitForModal(), rest)
  cardIn(w, 'manufacturing', 1)
  expect(slack.thread(elsewhere, ts)).toHaveLength(1)
  const [told, ...others] = slack.messages(slack.channel('ops'))
  expect(others).toEqual([])
  expect(told?.text).toContain(`Could not be posted in <#${elsewhere}>`)
  expect(told?.text).toContain('Amends is not in the channel')
  expect(told?.text).toContain('Filed as')
  expect(slack.directMessages(people.rita.id)).toHaveLength(1)
  expect(slack.problems).toEqual([])
})

test('an empty message is no hindrance, and a slow permalink none either', async () => {
  const w = await world()
  const { slack, people } = w
  const ts = await slack.say('rita', 'service', '.')
  slack.faults.next({ kind: 'error', code: 'internal_error', method: 'chat.getPermalink' })
  await people.rita.messageShortcut('file_as_complaint', slack.channel('service'), ts)
  await send(w, await people.rita.waitForModal(), { ...REPORT, [WORDS]: 'They called.' })
  expect(slack.thread(slack.channel('service'), ts)).toHaveLength(2)
  expect(cardIn(w, 'manufacturing', 1).text).not.toContain('The message it was filed from')

  slack.faults.next({ kind: 'late', ms: 2000, method: 'chat.getPermalink' })
  await people.rita.messageShortcut('file_as_complaint', slack.channel('service'), ts)
  expect((await people.rita.waitForModal()).title).toBe('File a complaint')
  expect(await toldBy(w, people.rita, () => people.rita.command('/complaint 1', { channel: 'service' }))).toBeDefined()
})

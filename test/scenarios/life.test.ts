import { expect, test } from 'vitest'
import { HOUR, MINUTE } from '../../src/complaint/time.ts'
import { cardIn, file, world } from '../support/world.ts'

const CLOSE_OUT = {
  'Root cause': 'Defective part',
  'What was done': 'Replaced the valve on site.',
  'Was it fixed?': 'Fixed',
  'Could we have avoided it?': 'Yes',
  'Why none is needed': 'It was a single piece.',
  'Does the customer say it is settled?': 'Yes',
}

test('a complaint is filed, owned, called about, visited, closed and reopened', async () => {
  const w = await world()
  const { slack, people, clock, settle, pass } = w
  const { rita, fred, fay, lena } = people
  const manufacturing = slack.channel('manufacturing')

  const number = await file(w, 'rita', {
    'What have they already tried?': 'Turned it round.',
    'Who to call back, and how': 'Mr Ames, 555 0100',
    'Site, order or part': 'PN 4711',
  })
  expect(number).toBe(1)
  let card = cardIn(w, 'manufacturing', number)
  expect(card.text).toContain('Nobody yet')
  expect(card.text).toContain('<!subteam^S0MFG>')
  expect(card.text).toContain('Mr Ames')
  const [thanks] = slack.directMessages(rita.id)
  expect(thanks?.text).toContain('https://')

  // Two press together: one owner, and the other is told who.
  await Promise.all([fred.press(card, 'Own it'), fay.press(card, 'Own it')])
  await settle()
  card = cardIn(w, 'manufacturing', number)
  const owner = card.text.includes(`Owner: <@${fred.id}>`) || card.text.includes(`<@${fred.id}>`) ? fred : fay
  const other = owner === fred ? fay : fred
  expect(slack.thread(manufacturing, card.ts).filter((m) => m.text.includes('owns it'))).toHaveLength(1)
  expect(other.ephemerals().at(-1)?.text).toContain(`<@${owner.id}> owns it already`)
  await expect(owner.press(card, 'Own it')).rejects.toThrow()

  // A call, with the next promise.
  await owner.press(card, 'Log callback')
  let form = await owner.waitForModal()
  await form.fill({
    'How did it go?': 'Reached',
    'What was said': 'They wait for us.',
    'Does the customer say it is settled?': 'No',
  })
  expect((await form.submit()).outcome).toBe('closed')
  await settle()

  // Somebody goes, arrives, and fixes it.
  card = cardIn(w, 'manufacturing', number)
  await owner.press(card, 'Visit')
  form = await owner.waitForModal()
  await form.fill({
    'Who goes': fay.id,
    ETA: new Date(clock.now().getTime() + 3 * HOUR),
    'Parts in hand': 'Valve PN 4711',
  })
  expect((await form.submit()).outcome).toBe('closed')
  await pass(3 * HOUR)
  card = cardIn(w, 'manufacturing', number)
  await fay.press(card, 'Arrived')
  await settle()
  card = cardIn(w, 'manufacturing', number)
  await fay.press(card, 'Outcome')
  form = await fay.waitForModal()
  await form.fill({ Outcome: 'Fixed', 'What was done': 'Put in the right valve.' })
  expect((await form.submit()).outcome).toBe('closed')
  await settle()

  // Closed with its cause.
  card = cardIn(w, 'manufacturing', number)
  await owner.press(card, 'Close out')
  form = await owner.waitForModal()
  expect(form.title).toBe('Close out #1')
  await form.fill(CLOSE_OUT)
  expect((await form.submit()).outcome).toBe('closed')
  await settle()
  card = cardIn(w, 'manufacturing', number)
  expect(card.text).toContain('Defective part')
  await expect(owner.press(card, 'Close out')).rejects.toThrow()
  expect(slack.directMessages(rita.id).at(-1)?.text).toContain('is closed')
  expect(
    slack.messages(manufacturing).filter((m) => m.text.includes('The cause of this complaint was found here')),
  ).toHaveLength(1)

  // And opened again.
  await lena.press(card, 'Reopen')
  form = await lena.waitForModal()
  await form.fill({ Reason: 'It leaks again.' })
  expect((await form.submit()).outcome).toBe('closed')
  await settle()
  card = cardIn(w, 'manufacturing', number)
  expect(card.text).toContain(`<@${owner.id}>`)

  await owner.press(card, 'More')
  const more = await owner.waitForModal()
  expect(more.title).toBe('More on #1')
  await more.press('Timeline')
  await slack.until(() => owner.modal()?.title === 'Timeline of #1' || undefined, { what: 'the timeline' })
  expect(JSON.stringify(owner.modal()?.blocks)).toContain('It leaks again.')
  expect(slack.problems).toEqual([])
})

test('reminders come as the clocks run down, once each, and end with their clock', async () => {
  const w = await world()
  const { slack, people, pass, settle } = w
  const number = await file(w)
  const card = cardIn(w, 'manufacturing', number)
  const manufacturing = slack.channel('manufacturing')
  await people.fred.press(card, 'Own it')
  await settle()
  const reminders = () =>
    slack
      .thread(manufacturing, card.ts)
      .filter((m) => m.text.includes('promised a call') || m.text.includes('at the customer'))

  await pass(3 * HOUR - 1 * MINUTE)
  expect(reminders()).toHaveLength(0)
  await pass(1 * MINUTE)
  expect(reminders()).toHaveLength(1)
  expect(reminders()[0]?.text).toContain(`<@${people.fred.id}>`)
  expect(reminders()[0]?.text).toContain('The valve does not fit.')
  await pass(1 * MINUTE)
  expect(reminders()).toHaveLength(1)
  await pass(59 * MINUTE)
  expect(reminders()).toHaveLength(2)
  expect(reminders()[1]?.text).toContain(`<@${people.lena.id}>`)
  expect(reminders()[1]?.reply_broadcast).toBe(true)
  await pass(4 * HOUR)
  const company = slack.messages(slack.channel('company'))
  expect(company).toHaveLength(1)
  expect(company[0]?.text).not.toContain('The valve does not fit.')

  // Reached, late: missed in the ledger, and what was posted says so.
  await people.fred.press(cardIn(w, 'manufacturing', number), 'Log callback')
  const form = await people.fred.waitForModal()
  await form.fill({
    'How did it go?': 'Reached',
    'What was said': 'Fine now.',
    'Does the customer say it is settled?': 'Yes',
  })
  expect((await form.submit()).outcome).toBe('closed')
  await settle()
  expect(slack.thread(manufacturing, card.ts).filter((m) => m.text.includes('Done: called'))).toHaveLength(3)
  expect(slack.messages(slack.channel('company'))[0]?.text).toContain('Done')
  expect(slack.problems).toEqual([])
})

test('the message shortcut keeps the message, and its thread hears how it ended', async () => {
  const w = await world()
  const { slack, people, settle } = w
  const service = slack.channel('service')
  const ts = await slack.say('rita', 'service', 'Acme called: &lt;they&gt; got the wrong valve')
  await people.rita.messageShortcut('file_as_complaint', service, ts)
  const form = await people.rita.waitForModal()
  expect(form.value("What happened, in the customer's words")).toMatchObject({
    value: 'Acme called: <they> got the wrong valve',
  })
  await form.fill({
    Customer: 'Acme',
    'How does the customer feel?': 'Worried',
    'Department that can fix it': 'Logistics',
    Severity: 'Critical',
  })
  expect((await form.submit()).outcome).toBe('closed')
  await settle()
  expect(slack.thread(service, ts).map((m) => m.text)).toEqual([
    expect.any(String),
    expect.stringMatching(/Filed as .*#1/),
  ])
  const card = cardIn(w, 'logistics', 1)
  await people.lou.press(card, 'Close out')
  const close = await people.lou.waitForModal()
  await close.fill(CLOSE_OUT)
  expect((await close.submit()).outcome).toBe('closed')
  await settle()
  expect(slack.thread(service, ts)).toHaveLength(3)
  expect(slack.messages(slack.channel('manufacturing'))).toHaveLength(1)
  expect(slack.problems).toEqual([])
})

import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { cardIn, file, world } from '../support/world.ts'
import {
  act,
  DEPARTMENT,
  expectNoRepeats,
  filing,
  more,
  opened,
  PROMISED_BY,
  posted,
  REPORT,
  TOLD_AT,
  toldBy,
  unix,
  WORDS,
} from './support.ts'

const FEELING = 'How does the customer feel?'
const CONTACT = 'Who to call back, and how'

test('the form asks what it must, in this order, and starts where the policy says', async () => {
  const w = await world()
  const modal = await opened(w)
  const now = w.clock.now()
  expect(modal.title).toBe('File a complaint')
  const asked = modal.blocks.map((block) => ({
    label: (block.label as { text: string }).text,
    required: block.optional !== true,
    most: (block.element as { max_length?: number }).max_length,
    options: (block.element as { options?: { text: { text: string } }[] }).options?.map((option) => option.text.text),
  }))
  const plain = { most: undefined, options: undefined }
  expect(asked).toEqual([
    { ...plain, label: 'Customer', required: true, most: 120 },
    {
      ...plain,
      label: FEELING,
      required: true,
      options: ['Angry', 'Frustrated', 'Worried', 'Disappointed', 'Confused', 'Calm'],
    },
    { ...plain, label: WORDS, required: true, most: 3000 },
    { ...plain, label: 'What have they already tried?', required: false, most: 3000 },
    {
      ...plain,
      label: DEPARTMENT,
      required: true,
      options: ['Customer service', 'Manufacturing', 'Logistics', 'Product design'],
    },
    { ...plain, label: 'Severity', required: true, options: ['Normal', 'Serious', 'Critical'] },
    { ...plain, label: CONTACT, required: false, most: 200 },
    { ...plain, label: 'Site, order or part', required: false, most: 200 },
    { ...plain, label: TOLD_AT, required: true },
    { ...plain, label: PROMISED_BY, required: true },
    { ...plain, label: 'Photos or files', required: false },
  ])
  expect(modal.value('Severity')).toMatchObject({ selected_option: { text: { text: 'Normal' } } })
  expect(modal.value(TOLD_AT)).toMatchObject({ selected_date_time: unix(now) })
  expect(modal.value(PROMISED_BY)).toMatchObject({ selected_date_time: unix(plus(now, 4 * HOUR)) })
  for (const label of ['Customer', WORDS, CONTACT]) expect(modal.value(label)).toMatchObject({ value: null })
  expect(w.slack.problems).toEqual([])
})

test('the promised call follows the severity, until the person sets their own', async () => {
  const w = await world()
  const modal = await opened(w)
  const now = w.clock.now()
  const promised = async (severity: string, by: Date) => {
    await modal.fill({ Severity: severity })
    await w.slack.until(() => (modal.value(PROMISED_BY).selected_date_time === unix(by) ? true : undefined), {
      what: `the promise for ${severity}`,
    })
  }
  await modal.fill({ Customer: 'Acme', [FEELING]: 'Calm', [WORDS]: 'Late again.', [DEPARTMENT]: 'Logistics' })
  await promised('Serious', plus(now, 2 * HOUR))
  await promised('Critical', plus(now, 1 * HOUR))
  await promised('Normal', plus(now, 4 * HOUR))
  const own = plus(now, 90 * MINUTE)
  await modal.fill({ [PROMISED_BY]: own })
  const updates = () => w.slack.callsTo('views.update').length
  const before = updates()
  await modal.fill({ Severity: 'Critical' })
  await w.slack.until(() => (updates() > before ? true : undefined))
  await promised('Critical', own)
  expect(modal.value('Customer')).toMatchObject({ value: 'Acme' })
  expect(modal.value(WORDS)).toMatchObject({ value: 'Late again.' })
  expect((await modal.submit()).outcome).toBe('closed')
  await w.settle()
  expect(cardIn(w, 'logistics', 1).text).toContain(`<!date^${unix(own)}^`)
  expect(cardIn(w, 'logistics', 1).text).toContain('Critical')
  expect(w.slack.problems).toEqual([])
})

test('each fault stands under its own field, and what was typed stays', async () => {
  const w = await world()
  const modal = await opened(w)
  const now = w.clock.now()
  await modal.fill({
    ...REPORT,
    Customer: '   ',
    [WORDS]: '\u200b\u2060 \u00ad',
    'Site, order or part': 'PN 4711',
    [TOLD_AT]: plus(now, MINUTE),
    [PROMISED_BY]: now,
  })
  const chosen = modal.values.department?.department?.selected_option as { value: string }
  chosen.value = 'taken-away'
  let sent = await modal.submit()
  expect(sent.outcome).toBe('errors')
  expect(sent.errors).toEqual({
    Customer: 'Please fill this in.',
    [WORDS]: 'Please fill this in.',
    [DEPARTMENT]: 'This department is not there any more. Please choose another.',
    [TOLD_AT]: expect.stringContaining('in the future'),
    [PROMISED_BY]: expect.stringContaining('has passed already'),
  })
  expect(modal.value('Site, order or part')).toMatchObject({ value: 'PN 4711' })
  expect(modal.value(TOLD_AT)).toMatchObject({ selected_date_time: unix(plus(now, MINUTE)) })

  await modal.fill({
    ...REPORT,
    [TOLD_AT]: plus(now, -30 * DAY - MINUTE),
    [PROMISED_BY]: plus(now, 30 * DAY + MINUTE),
  })
  sent = await modal.submit()
  expect(sent.errors).toEqual({
    [TOLD_AT]: expect.stringContaining('30 days ago'),
    [PROMISED_BY]: expect.stringContaining('30 days away'),
  })
  expect(posted(w)).toEqual([])

  // Exactly 30 days either way is still fine.
  await modal.fill({ [TOLD_AT]: plus(now, -30 * DAY), [PROMISED_BY]: plus(now, 30 * DAY) })
  expect((await modal.submit()).outcome).toBe('closed')
  await w.settle()
  expect(cardIn(w, 'manufacturing', 1).text).toContain('PN 4711')
  expect(w.slack.problems).toEqual([])
})

test('errors stand under the promise after the severity has redrawn the form, too', async () => {
  const w = await world()
  const modal = await opened(w)
  await modal.fill({ ...REPORT, Severity: 'Critical' })
  const hour = unix(plus(w.clock.now(), HOUR))
  await w.slack.until(() => (modal.value(PROMISED_BY).selected_date_time === hour ? true : undefined))
  await modal.fill({ [PROMISED_BY]: plus(w.clock.now(), -MINUTE) })
  expect(Object.keys((await modal.submit()).errors)).toEqual([PROMISED_BY])
})

test('the reporter gets the number, a link and an acknowledgement for the customer, for their eyes only', async () => {
  const w = await world()
  const { slack, people, clock } = w
  await file(w, 'rita', { [FEELING]: 'Frustrated', [PROMISED_BY]: plus(clock.now(), 2 * HOUR) })
  const [thanks, ...others] = slack.directMessages(people.rita.id)
  expect(others).toEqual([])
  const card = cardIn(w, 'manufacturing', 1)
  expect(thanks?.text).toContain(`/archives/${card.channel}/p${card.ts.replace('.', '')}|#1>`)
  expect(thanks?.text).toContain('Thank you')
  expect(thanks?.text).toContain('We understand how frustrated you are')
  expect(thanks?.text).toContain('Manufacturing will call you by ')
  expect(thanks?.text).toContain(`<!date^${unix(plus(clock.now(), 2 * HOUR))}^`)
  for (const name of ['fred', 'lena', 'otto'] as const) expect(slack.directMessages(people[name].id)).toEqual([])
  expectNoRepeats(w)
})

test('what customers type rings no bell', async () => {
  const w = await world()
  await file(w, 'rita', {
    Customer: '<!channel> & <@U0AMENDS01>',
    [WORDS]: '<!here> *no* <https://evil.example|click> &amp; <!subteam^S0MFG>',
  })
  const card = cardIn(w, 'manufacturing', 1)
  expect(card.text).toContain('&lt;!channel&gt; &amp; &lt;@U0AMENDS01&gt;')
  expect(card.text).toContain('&lt;!here&gt;')
  for (const { text } of posted(w)) {
    expect(text).not.toMatch(/<!channel|<!here|<@U0AMENDS01>|<https:\/\/evil/)
  }
  expect(JSON.stringify(card.blocks)).not.toContain('&lt;!here') // rich text reads no markup: the words as they are
  expect(w.slack.problems).toEqual([])
})

test('who to call back shows to the reporter, to the department, and to nobody else', async () => {
  const w = await world()
  const { slack, people } = w
  await file(w, 'rita', { [CONTACT]: 'Mr Ames, 555 0100' })
  await act(w, 'fred', 1, 'Own it')
  const shows = async (name: 'rita' | 'fred' | 'fay' | 'lou' | 'otto', channel: string) => {
    const answer = await toldBy(w, people[name], () => people[name].command('/complaint 1', { channel }))
    return answer.text.includes('555 0100') && JSON.stringify(answer.blocks).includes('555 0100')
  }
  expect(cardIn(w, 'manufacturing', 1).text).toContain('555 0100')
  expect(await shows('fay', 'manufacturing')).toBe(true)
  expect(await shows('fay', 'service')).toBe(true)
  expect(await shows('lou', 'logistics')).toBe(false)
  expect(await shows('lou', 'manufacturing')).toBe(false)
  expect(await shows('otto', 'company')).toBe(true)
  expect(await shows('rita', 'company')).toBe(true)
  expect(await shows('fred', 'company')).toBe(true)

  // Nor does it stand on the timeline of those who may not see it.
  const own = await more(w, 'fred', 1, 'Edit', 'Edit #1')
  await own.fill({ [CONTACT]: 'Ms Bond, 555 0199' })
  expect((await own.submit()).outcome).toBe('cleared')
  await w.settle()
  const elsewhereOf = await more(w, 'lou', 1, 'Timeline', 'Timeline of #1')
  expect(JSON.stringify(elsewhereOf.blocks)).not.toMatch(/555 0[0-9]{3}/)
  const there = await more(w, 'fay', 1, 'Timeline', 'Timeline of #1')
  expect(JSON.stringify(there.blocks)).toContain('555 0199')

  await w.pass(12 * HOUR)
  const elsewhere = posted(w).filter((message) => message.channel !== slack.channel('manufacturing'))
  expect(elsewhere.length).toBeGreaterThan(1)
  for (const message of elsewhere) expect(JSON.stringify(message)).not.toMatch(/555 0[0-9]{3}/)
})

test('the words stand in full in the thread where the card had to cut them', async () => {
  const w = await world()
  const words = 'It leaks. '.repeat(300).trim()
  await filing(w, { [WORDS]: words, 'What have they already tried?': 'Tape. '.repeat(400).trim() })
  await w.settle()
  const card = cardIn(w, 'manufacturing', 1)
  expect(JSON.stringify(card.blocks)).not.toContain(words)
  const thread = w.slack.thread(w.slack.channel('manufacturing'), card.ts).slice(1)
  expect(thread).toHaveLength(2)
  expect(JSON.stringify(thread[0]?.blocks)).toContain(words)
  expect(JSON.stringify(thread[1]?.blocks)).toContain('Tape. Tape.')
  expect(w.slack.problems).toEqual([])
})

test('before anything is in force, everybody is told what is missing', async () => {
  const w = await world({ unconfigured: true })
  const { rita } = w.people
  for (const typed of ['/complaint', '/complaint list', '/complaint 1', '/complaint Acme: late']) {
    const answer = await toldBy(w, rita, () => rita.command(typed, { channel: 'service' }))
    expect(answer.text, typed).toContain('not set up here yet')
  }
  await rita.globalShortcut('file_a_complaint')
  const notice = await rita.waitForModal()
  expect(JSON.stringify(notice.blocks)).toContain('not set up here yet')
  await notice.close()
  const ts = await w.slack.say('rita', 'service', 'They are angry')
  const answer = await toldBy(w, rita, () => rita.messageShortcut('file_as_complaint', w.slack.channel('service'), ts))
  expect(answer.text).toContain('not set up here yet')
  expect(w.slack.problems).toEqual([])
})

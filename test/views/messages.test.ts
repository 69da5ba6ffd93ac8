import { describe, expect, it } from 'vitest'
import type { Command } from '../../src/complaint/commands.ts'
import { decide } from '../../src/complaint/decide.ts'
import { HOUR, MINUTE, plus } from '../../src/complaint/time.ts'
import { SHOWN_ON_CARD } from '../../src/complaint/words.ts'
import { firedMentions } from '../../src/sandbox/limits.ts'
import type { Message } from '../../src/views/blocks.ts'
import { card, fullWords } from '../../src/views/card.ts'
import { ending } from '../../src/views/ending.ts'
import { etaPassed } from '../../src/views/etaPassed.ts'
import { help } from '../../src/views/help.ts'
import { ACTIONS } from '../../src/views/ids.ts'
import { line } from '../../src/views/line.ts'
import { type ListRow, list } from '../../src/views/list.ts'
import { makeGoodAsked, makeGoodCompany } from '../../src/views/makeGoodAsked.ts'
import { listPageOf } from '../../src/views/metadata.ts'
import { originTold } from '../../src/views/originTold.ts'
import { redirected } from '../../src/views/redirected.ts'
import { refused } from '../../src/views/refused.ts'
import { companyReminder, reminder, reminderDone } from '../../src/views/reminder.ts'
import { sourceLine } from '../../src/views/sourceLine.ts'
import { thanks } from '../../src/views/thanks.ts'
import { unexpected } from '../../src/views/unexpected.ts'
import { visitLine } from '../../src/views/visitLine.ts'
import { INSIDER } from '../support/setups.ts'
import {
  approve,
  arrive,
  become,
  CARD_LINK,
  callBack,
  callOffVisit,
  changeVisit,
  close,
  decline,
  edit,
  expectSound,
  filed,
  lastOf,
  makeGood,
  move,
  NOW,
  noAnswer,
  outcome,
  own,
  plan,
  readable,
  remote,
  reopen,
  SETUP,
  type Story,
  setOut,
} from './samples.ts'

const drawn = ({ complaint }: Story, now = NOW, showContact = true) =>
  card(complaint, { setup: SETUP, now, showContact })

const buttonsOf = ({ blocks }: Message): string[] =>
  blocks.flatMap((block) =>
    block.type === 'actions'
      ? block.elements.flatMap((one) =>
          one.type === 'button' ? [`${one.text.text}${one.style ? ` (${one.style})` : ''}`] : [],
        )
      : [],
  )

const STORIES: Record<string, Story> = {
  open: filed(),
  'nobody to call': filed({}, 'yard'),
  owned: become(filed(), own),
  'visit planned': become(filed(), own, plan()),
  'on the way': become(filed(), own, plan(), setOut),
  'visit called off': become(filed(), own, plan(), callOffVisit()),
  arrived: become(filed(), own, plan(), arrive),
  'visited and called': become(filed(), own, noAnswer, plan(), arrive, outcome(), callBack()),
  closed: become(filed(), own, callBack(), close()),
  reopened: become(filed(), own, close(), reopen()),
}

describe('the card', () => {
  it.each(Object.entries(STORIES))('%s', (_, story) => {
    const { cutWords, ...message } = drawn(story)
    expectSound(message)
    expect(cutWords).toBe(false)
    expect(message).toMatchSnapshot()
  })

  it.each([
    ['open', ['Own it (primary)', 'Log callback', 'Visit', 'Hand over', 'Close out', 'More']],
    ['owned', ['Log callback (primary)', 'Visit', 'Hand over', 'Close out', 'More']],
    ['visit planned', ['Log callback (primary)', 'Arrived', 'Hand over', 'Close out', 'More']],
    ['on the way', ['Log callback (primary)', 'Arrived', 'Hand over', 'Close out', 'More']],
    ['visit called off', ['Log callback (primary)', 'Visit', 'Hand over', 'Close out', 'More']],
    ['arrived', ['Log callback (primary)', 'Outcome', 'Hand over', 'Close out', 'More']],
    ['visited and called', ['Log callback (primary)', 'Visit', 'Hand over', 'Close out', 'More']],
    ['closed', ['Reopen (primary)', 'More']],
    ['reopened', ['Log callback (primary)', 'Visit', 'Hand over', 'Close out', 'More']],
  ])('%s offers what can be done now', (name, labels) => {
    expect(buttonsOf(drawn(STORIES[name] ?? filed()))).toEqual(labels)
  })

  it('begins with number, customer and severity, then the feeling', () => {
    expect(drawn(filed()).text.split('\n').slice(0, 2)).toEqual(['#142 · Acme · Critical', 'Angry. In their words:'])
  })

  it('calls the usergroup, or the lead where there is none, until somebody owns it', () => {
    const calls = (story: Story) => drawn(story).text.match(/Calling \S+/)?.[0]
    expect(calls(filed())).toBe('Calling <!subteam^S0MFG>:')
    expect(calls(filed({}, 'design'))).toBe('Calling <@U0DESIGN>:')
    expect(calls(filed({}, 'yard'))).toBeUndefined()
    expect(calls(become(filed(), own))).toBeUndefined()
  })

  it('says which clock is over', () => {
    const { text } = drawn(filed(), plus(NOW, 30 * HOUR))
    expect(text.match(/\*Overdue\* since/g)).toHaveLength(2)
  })

  it('shows who to call back only where the department works', () => {
    expect(readable(drawn(filed()).blocks)).toContain('+1 555 0100')
    const hidden = drawn(filed(), NOW, false)
    expect(JSON.stringify(hidden)).not.toContain('555 0100')
  })

  it.each(['x', '"', '\n', '\\', '\uD83D', '😀'])(
    'cuts nothing of %j up to the length that is never said again',
    (unit) => {
      const words = unit.repeat(SHOWN_ON_CARD / unit.length)
      expect(drawn(filed({ words, tried: words })).cutWords).toBe(false)
    },
  )

  it('cuts long words and says so; in full they make one message each', () => {
    const long = 'It leaks "here" and there.\n'.repeat(110)
    const story = filed({ words: long, tried: long })
    expect(drawn(story).cutWords).toBe(true)
    const full = fullWords(story.complaint)
    expect(full).toHaveLength(2)
    for (const message of full) {
      expectSound(message)
      expect(readable(message.blocks)).toContain(long)
    }
  })
})

/** Whose ETA has passed: the last thing that happened. */
const quietly = (story: Story): Story => become(story, { command: { kind: 'remind' }, at: plus(NOW, 6 * HOUR) })

/** Within the authority of a department that has some. */
const RICH = { ...SETUP, departments: SETUP.departments.map((one) => ({ ...one, authority: 500 })) }
const granted = (): Story => {
  const story = become(filed(), own)
  const decision = decide(story.complaint, makeGood({ amount: '310.50', note: 'Gone on Monday' }), {
    ...{ now: plus(NOW, 3 * MINUTE), setup: RICH, asker: INSIDER },
  })
  if (!decision.ok) throw new Error(decision.refusal.kind)
  return { complaint: decision.change.complaint, entries: [...story.entries, ...decision.change.entries] }
}
const unanswered = (): Story => {
  const story = become(filed(), own, makeGood())
  return become(story, { command: { kind: 'remind' }, at: plus(NOW, 40 * MINUTE) })
}

describe('a make-good', () => {
  const asked = become(filed(), own, makeGood())
  const lead = ({ complaint }: Story) => makeGoodAsked(complaint, { makeGood: 1, approver: 'lead', setup: SETUP })
  const company = ({ complaint }: Story) =>
    makeGoodCompany(complaint, { makeGood: 1, setup: SETUP, cardLink: CARD_LINK })

  it.each<[string, Message, string[]]>([
    ['that the lead is asked about', lead(asked), ['Approve (primary)', 'Decline']],
    ['that was approved', lead(become(asked, approve)), []],
    ['that was declined', lead(become(asked, decline())), []],
    ['that the company is asked about', company(asked), ['Approve (primary)', 'Decline']],
    ['that the company was asked about', company(become(asked, approve)), []],
  ])('%s', (_, message, labels) => {
    expectSound(message)
    expect(message.text).toMatchSnapshot()
    expect(buttonsOf(message)).toEqual(labels)
  })

  it('keeps what was typed in the department', () => {
    expect(lead(asked).text).toContain('For the days they stood still')
    expect(company(asked).text).not.toContain('For the days they stood still')
    expect(company(become(asked, decline())).text).not.toContain('A new valve is enough')
  })

  it('rings those who are asked, and whoever asked', () => {
    expect(firedMentions({ text: lead(asked).text })).toEqual(['<@U0LEAD>', '<@U0OWN>'])
    expect(firedMentions({ text: company(asked).text })).toEqual(['<@U0ADMIN>', '<@U0OWN>'])
  })

  it.each<[string, Story, string]>([
    ['granted', granted(), '*Made good*\n$310.50'],
    ['waiting', asked, '*Made good*\nNothing granted · a refund of $800.00 waits for an answer'],
    ['approved', become(asked, approve), '*Made good*\n$800.00'],
    ['declined', become(asked, decline()), '*Made good*\nNothing granted'],
  ])('stands on the card: %s', (_, story, words) => {
    expect(drawn(story).text).toContain(words)
  })

  it('stands on the call sheet, once it is granted', () => {
    const about = { clock: 'callback', seq: 1, offset: 0, setup: SETUP, now: NOW, showContact: true } as const
    expect(reminder({ complaint: granted().complaint, ...about }).text).toContain('Granted a refund of $310.50')
    expect(reminder({ complaint: asked.complaint, ...about }).text).not.toContain('$800')
  })
})

describe('lines in the thread', () => {
  const moved = become(filed(), own, move())
  const late = become(filed(), own, { command: move(), at: plus(NOW, 2 * HOUR) })
  const reminded = become(filed(), own, { command: { kind: 'remind' }, at: plus(NOW, HOUR + MINUTE) })
  it.each<[string, Story]>([
    ['filed', filed()],
    ['owned', become(filed(), own)],
    ['called', become(filed(), own, callBack())],
    ['called, settled', become(filed(), own, callBack('All good', true))],
    ['no answer', become(filed(), own, noAnswer)],
    ['promise moved', moved],
    ['promise moved after it was missed', late],
    ['visit planned', become(filed(), own, plan())],
    ['visit planned without parts', become(filed(), own, plan(null))],
    ['visit changed: another ETA', become(filed(), own, plan(), changeVisit())],
    [
      'visit changed: somebody else, no parts',
      become(filed(), own, plan(), changeVisit({ who: 'U0OWN', parts: null })),
    ],
    ['visit called off', become(filed(), own, plan(), callOffVisit())],
    ['on the way', become(filed(), own, plan(), setOut)],
    ['ETA passed', quietly(become(filed(), own, plan()))],
    ['make-good asked for', become(filed(), own, makeGood())],
    ['make-good granted', granted()],
    ['make-good approved', become(filed(), own, makeGood(), approve)],
    ['make-good declined', become(filed(), own, makeGood(), decline())],
    ['make-good unanswered', unanswered()],
    ['fixed remotely', become(filed(), own, remote())],
    ['arrived', become(filed(), own, plan(), arrive)],
    ['visit outcome', become(filed(), own, plan(), arrive, outcome())],
    ['edited', become(filed(), edit({ feeling: 'calm', contact: null, words: 'New words' }))],
    ['closed', become(filed(), own, close())],
    ['reopened', become(filed(), own, close(), reopen())],
    ['reminded', reminded],
  ])('%s', (_, story) => {
    const message = line(lastOf(story), story.complaint, { setup: SETUP })
    expectSound(message)
    expect(message.text).toMatchSnapshot()
  })

  it('says "owns it" in as many words', () => {
    const story = become(filed(), own)
    expect(line(lastOf(story), story.complaint, { setup: SETUP }).text).toBe('<@U0OWN> owns it.')
  })

  it('does not tell who to call back when that was edited', () => {
    const story = become(filed(), edit({ contact: 'Bob, +1 555 0199' }))
    expect(JSON.stringify(line(lastOf(story), story.complaint, { setup: SETUP }))).not.toContain('555')
  })
})

describe('a visit', () => {
  const planned = become(filed(), own, plan())
  const lineOf = (story: Story, at = story) => visitLine(lastOf(at), story.complaint, { setup: SETUP, now: NOW })
  const tooLate = become(filed(), own, {
    command: { ...plan(), eta: plus(NOW, 30 * HOUR) } as Command,
    at: plus(NOW, 2 * MINUTE),
  })

  it.each<[string, Message, string[]]>([
    ['planned', lineOf(planned), ['On the way', 'Change visit', 'Call off visit']],
    ['on the way', lineOf(become(planned, setOut), planned), ['Change visit', 'Call off visit']],
    ['changed', lineOf(become(planned, changeVisit())), ['On the way', 'Change visit', 'Call off visit']],
    ['before it was changed', lineOf(become(planned, changeVisit()), planned), []],
    ['after the arrival', lineOf(become(planned, arrive), planned), []],
    ['called off', lineOf(become(planned, callOffVisit()), planned), []],
    ['closed', lineOf(become(planned, close()), planned), []],
    ['after the deadline', lineOf(tooLate), ['On the way', 'Change visit', 'Call off visit']],
  ])('%s offers in the thread what can be done about it', (_, message, labels) => {
    expectSound(message)
    expect(buttonsOf(message)).toEqual(labels)
  })

  it('that comes after the deadline calls the owner and the lead', () => {
    expect(lineOf(tooLate).text).toMatchSnapshot()
    expect(firedMentions({ text: lineOf(tooLate).text })).toEqual(['<@U0GOES>', '<@U0OWN>', '<@U0LEAD>'])
  })

  const eta = plus(NOW, 6 * HOUR).toISOString()
  it.each<[string, Story]>([
    ['nobody has arrived', planned],
    ['arrived', become(planned, arrive)],
    ['called off', become(planned, callOffVisit())],
    ['changed', become(planned, changeVisit())],
    ['closed', become(planned, close())],
  ])('whose ETA has passed: %s', (name, { complaint }) => {
    const message = etaPassed(complaint, { visit: 1, eta }, { setup: SETUP, now: NOW })
    expectSound(message)
    expect(message.text).toMatchSnapshot()
    expect(buttonsOf(message)).toHaveLength(name === 'nobody has arrived' ? 4 : 0)
  })
})

describe('reminders', () => {
  const about = (story: Story, clock: 'response' | 'callback', offset: number, seq = 1) => {
    const due = clock === 'response' ? story.complaint.responses[0]?.dueAt : story.complaint.promises[seq - 1]?.dueAt
    return {
      complaint: story.complaint,
      clock,
      seq,
      offset,
      setup: SETUP,
      showContact: true,
      now: plus(due ?? NOW, offset + 10_000),
    }
  }

  it.each<[string, Story, 'response' | 'callback', number]>([
    ['an hour before a call, nobody owns it', filed(), 'callback', -HOUR],
    ['at the time of a call', become(filed(), own), 'callback', 0],
    ['a call four hours over', become(filed(), own, plan()), 'callback', 4 * HOUR],
    ['four hours before the response', become(filed(), own), 'response', -4 * HOUR],
    ['the response four hours over', become(filed(), own), 'response', 4 * HOUR],
  ])('%s', (_, story, clock, offset) => {
    const message = reminder(about(story, clock, offset))
    expectSound(message)
    expect(message).toMatchSnapshot()
  })

  it('carries what was promised and done on the call sheet', () => {
    const message = reminder(
      about(become(filed(), own, noAnswer, plan(), arrive, outcome()), 'callback', -15 * MINUTE, 2),
    )
    expectSound(message)
    expect(message.text).toMatchSnapshot()
  })

  it('names the lead from the deadline on, once', () => {
    const owned = become(filed(), own)
    expect(firedMentions({ text: reminder(about(owned, 'response', -HOUR)).text })).toEqual(['<@U0OWN>'])
    expect(firedMentions({ text: reminder(about(owned, 'response', 0)).text })).toEqual(['<@U0OWN>', '<@U0LEAD>'])
    const led = filed({}, 'design')
    expect(firedMentions({ text: reminder(about(led, 'response', 0)).text })).toEqual(['<@U0DESIGN>'])
  })

  it('calls who is on call, too, when it is critical and the department is off', () => {
    const onCall = [{ person: 'U0NIGHT', week: 'mon-sun 00:00-24:00' }]
    const off = { timezone: 'UTC', week: 'wed 08:00-09:00', holidays: null, off: [], open: [], onCall }
    const setup = { ...SETUP, departments: SETUP.departments.map((one) => ({ ...one, hours: off })) }
    const calls = (story: Story, offset: number) =>
      firedMentions({ text: reminder({ ...about(story, 'response', offset), setup }).text })
    expect(calls(become(filed(), own), -HOUR)).toEqual(['<@U0OWN>', '<@U0NIGHT>'])
    expect(calls(become(filed(), own), 0)).toEqual(['<@U0OWN>', '<@U0NIGHT>', '<@U0LEAD>'])
    expect(calls(become(filed({ severity: 'serious' }), own), -HOUR)).toEqual(['<@U0OWN>'])
  })

  it('speaks of the real time when it was held up', () => {
    const late = { ...about(filed(), 'response', -HOUR), now: plus(NOW, 23 * HOUR) }
    expect(reminder(late).text).toContain('1 h ago')
  })

  it.each<[string, Story, 'response' | 'callback', string]>([
    ['called', become(filed(), own, callBack()), 'callback', 'Done: called at <!date^'],
    ['moved', become(filed(), own, move()), 'callback', 'Done: moved to <!date^'],
    [
      'moved late',
      become(filed(), own, { command: move(), at: plus(NOW, 2 * HOUR) }),
      'callback',
      'Done: moved to <!date^',
    ],
    ['closed', become(filed(), own, close()), 'callback', 'Done: closed.'],
    ['closed and reopened', become(filed(), own, close(), reopen()), 'callback', 'Done: closed.'],
    ['response closed', become(filed(), own, close()), 'response', 'Done: closed.'],
    ['arrived', become(filed(), own, plan(), arrive), 'response', 'Done: arrived <!date^'],
    ['fixed remotely', become(filed(), own, remote()), 'response', 'Done: fixed remotely <!date^'],
    ['still running', filed(), 'response', 'Done: no longer needed.'],
  ])('%s is marked done', (_, { complaint }, clock, words) => {
    const message = reminderDone({ complaint, clock, seq: 1 })
    expectSound(message)
    expect(message.text).toContain(words)
    expect(firedMentions(message)).toEqual([])
    expect(buttonsOf(message)).toEqual([])
  })

  it('keeps words and contact from the company channel', () => {
    for (const story of [filed(), become(filed(), own)]) {
      const message = companyReminder({ ...about(story, 'callback', 4 * HOUR), cardLink: CARD_LINK })
      expectSound(message)
      expect(JSON.stringify(message)).not.toMatch(/valve|555/)
      expect(message).toMatchSnapshot()
    }
  })
})

describe('what others are told', () => {
  const closed = become(filed(), own, close())

  it('thanks the reporter, with words to send', () => {
    const message = thanks(filed().complaint, { setup: SETUP, cardLink: CARD_LINK })
    expectSound(message)
    expect(message).toMatchSnapshot()
    expect(thanks(closed.complaint, { setup: SETUP, cardLink: null }).text).toContain('Filed as #142.')
  })

  it.each<[string, Story, string]>([
    ['filed', filed(), `Filed as <${CARD_LINK}|#142>`],
    ['closed', closed, `<${CARD_LINK}|#142> is closed: fixed.`],
    ['reopened', become(closed, reopen()), `<${CARD_LINK}|#142> is open again.`],
  ])('tells the message it was filed from: %s', (_, story, text) => {
    const message = sourceLine(story.complaint, lastOf(story), { cardLink: CARD_LINK })
    expectSound(message)
    expect(message.text).toBe(text)
  })

  it('tells the origin department and the reporter how it ended', () => {
    const options = { setup: SETUP, cardLink: CARD_LINK }
    for (const message of [
      originTold(closed.complaint, lastOf(closed), options),
      ending(closed.complaint, lastOf(closed), options),
    ]) {
      expectSound(message)
      expect(JSON.stringify(message)).not.toContain('555')
      expect(message).toMatchSnapshot()
    }
  })

  it('says where something could not be posted, and why', () => {
    const view = drawn(filed())
    const first = (where: string, why: string) => redirected(view, { where, why }).text.split('\n')[0]
    expect(first('C0MFG', 'is_archived')).toBe('Could not be posted in <#C0MFG>: the channel is archived.')
    expect(first('U0REP', 'user_not_found')).toBe(
      'Could not be posted as a direct message: this person is not in the workspace.',
    )
    expect(first('C0MFG', '<!here>')).toBe('Could not be posted in <#C0MFG>: Slack answered “&lt;!here&gt;”.')
    expectSound(redirected(view, { where: 'C0MFG', why: 'is_archived' }))
  })

  it('helps, refuses and owns up', () => {
    for (const message of [help(), refused('<@U0OWN> owns it already.'), unexpected('A1B2C3')]) {
      expectSound(message)
      expect(message.text).toMatchSnapshot()
    }
  })
})

describe('lists', () => {
  const row = (number: number, more: Partial<ListRow> = {}): ListRow => ({
    number,
    hidden: false,
    customer: 'Acme',
    severity: 'serious',
    status: 'open',
    department: 'R&D <yard>',
    owner: null,
    nextDeadline: plus(NOW, HOUR),
    excerpt: 'The valve\nleaks',
    ...more,
  })
  const rows = [
    row(1, { nextDeadline: plus(NOW, -3 * HOUR) }),
    row(2, { status: 'owned', owner: 'U0OWN' }),
    row(3, { status: 'closed', owner: 'U0OWN', nextDeadline: null }),
    row(4, { nextDeadline: null }),
  ]
  const base = { title: 'Open complaints', query: 'list', rows, page: 0, hasMore: false, now: NOW }

  it('shows each with a button to its card', () => {
    const message = list(base)
    expectSound(message)
    expect(message).toMatchSnapshot()
  })

  it('turns pages with the query in hand', () => {
    const message = list({ ...base, page: 1, hasMore: true, total: 34, query: 'list mine' })
    expectSound(message)
    const [turning] = message.blocks.flatMap((block) => (block.type === 'actions' ? [block.elements] : []))
    const pressed = turning?.flatMap((one) =>
      one.type === 'button' ? [[one.action_id, listPageOf(one.value ?? '')]] : [],
    )
    expect(pressed).toEqual([
      [ACTIONS.previousPage, { query: 'list mine', page: 0 }],
      [ACTIONS.page, { query: 'list mine', page: 2 }],
    ])
    expect(message.text).toContain('11 to 14 of 34')
  })

  it('does without pages where the query is too long for a button', () => {
    const message = list({ ...base, hasMore: true, query: '"'.repeat(3000) })
    expectSound(message)
    expect(message.text).toContain('Fewer words')
  })

  it('says so where there is nothing', () => {
    const message = list({ ...base, rows: [], empty: 'Nothing is overdue.' })
    expectSound(message)
    expect(message.text).toBe('Open complaints\nNothing is overdue.')
    expect(list({ ...base, rows: [] }).text).toContain('/complaint help')
  })
})

import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { HOUR, plus } from '../../src/complaint/time.ts'
import type { Report } from '../../src/complaint/types.ts'
import { hasWords, TEXT_LIMITS } from '../../src/complaint/words.ts'
import { checkView } from '../../src/sandbox/limits.ts'
import {
  actionAgreed,
  actionOverdue,
  actionQuestion,
  actionReminder,
  actionSettled,
  ofComplaint,
} from '../../src/views/action.ts'
import { finishActionModal, recurrenceModal } from '../../src/views/actionModals.ts'
import type { Message } from '../../src/views/blocks.ts'
import { callbackModal } from '../../src/views/callbackModal.ts'
import { card, fullWords } from '../../src/views/card.ts'
import { editModal } from '../../src/views/editModal.ts'
import { ending } from '../../src/views/ending.ts'
import { evidence as shownEvidence } from '../../src/views/evidence.ts'
import { fileModal } from '../../src/views/fileModal.ts'
import { line } from '../../src/views/line.ts'
import { list } from '../../src/views/list.ts'
import { moreModal } from '../../src/views/moreModal.ts'
import { originTold } from '../../src/views/originTold.ts'
import { redirected } from '../../src/views/redirected.ts'
import { companyReminder, reminder, reminderDone } from '../../src/views/reminder.ts'
import { sourceLine } from '../../src/views/sourceLine.ts'
import { clean } from '../../src/views/text.ts'
import { thanks } from '../../src/views/thanks.ts'
import { timelineModal } from '../../src/views/timelineModal.ts'
import { warRoomBrief } from '../../src/views/warRoom.ts'
import {
  ACTION,
  arrive,
  become,
  CARD_LINK,
  callBack,
  causeAgain,
  close,
  edit,
  evidence,
  expectSound,
  filed,
  finish,
  lastOf,
  move,
  NOW,
  outcome,
  own,
  plan,
  readable,
  reopen,
  SETUP,
  type Story,
} from './samples.ts'

/* Whatever customers and colleagues type: Slack takes it, it rings nobody, and none of it is lost. */

const DATA = '../shared/data'
const present = existsSync(DATA)
if (!present)
  process.stderr.write(`\n!!! ${DATA} is absent: views are NOT tried with real complaints and naughty strings\n\n`)

const naughty: string[] = present ? JSON.parse(readFileSync(`${DATA}/naughty-strings.json`, 'utf8')) : []
const narratives: string[] = present
  ? readFileSync(`${DATA}/complaints.jsonl`, 'utf8')
      .split('\n')
      .filter((row) => row !== '')
      .map((row) => JSON.parse(row).narrative)
  : []

/** The rules let nothing be filed in which nothing shows. */
const typed = (text: string, limit: number): string => {
  const short = text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '')
  return hasWords(short) ? short : 'x'
}

function reportOf(text: string): Partial<Report> {
  return {
    customer: typed(text, TEXT_LIMITS.customer),
    words: typed(text, TEXT_LIMITS.words),
    tried: text.slice(0, TEXT_LIMITS.tried),
    contact: text.slice(0, TEXT_LIMITS.contact),
    reference: text.slice(0, TEXT_LIMITS.reference),
  }
}

/** A complaint through its life, the same text in every field that people fill. */
function lifeOf(text: string): { readonly steps: readonly Story[]; readonly turns: readonly Story[] } {
  const said = typed(text, TEXT_LIMITS.said)
  const reason = typed(text, TEXT_LIMITS.reason)
  const open = filed(reportOf(text))
  const called = become(open, own, callBack(said))
  const moved = become(called, move(reason))
  const planned = become(moved, plan(typed(text, TEXT_LIMITS.parts)))
  const visited = become(planned, arrive, outcome(said))
  const closed = become(visited, close(said))
  const reopened = become(closed, reopen(reason))
  const agreed = become(
    visited,
    close(said, { ...ACTION, correctiveAction: typed(text, TEXT_LIMITS.correctiveAction) }),
  )
  const finished = become(agreed, finish(said, typed(text, TEXT_LIMITS.proof)))
  const asked = become(finished, { command: causeAgain, at: plus(NOW, 40 * HOUR) })
  const edited = become(reopened, edit({}))
  const shown = become(edited, evidence(typed(text, 255)))
  return {
    steps: [open, called, moved, planned, visited, closed, reopened, edited, shown, agreed, finished, asked],
    turns: [open, closed, asked, edited, shown],
  }
}

const OPTIONS = { setup: SETUP, cardLink: CARD_LINK }

function messagesOf(story: Story): Message[] {
  const { complaint } = story
  const entry = lastOf(story)
  const promise = complaint.promises.at(-1)
  const due = promise?.dueAt ?? NOW
  const about = { complaint, clock: 'callback', seq: promise?.seq ?? 1, setup: SETUP } as const
  const drawn = card(complaint, { setup: SETUP, now: NOW, showContact: true })
  return [
    warRoomBrief(complaint, OPTIONS),
    ...(entry.event.kind === 'evidence-added'
      ? [true, false].map((pictures) => shownEvidence(complaint, entry, { setup: SETUP, pictures }) ?? drawn)
      : []),
    redirected(drawn, { where: 'C0MFG', why: 'is_archived' }),
    ...fullWords(complaint),
    thanks(complaint, OPTIONS),
    sourceLine(complaint, entry, OPTIONS),
    reminder({ ...about, showContact: true, offset: 8 * HOUR, now: plus(due, 8 * HOUR) }),
    companyReminder({ ...about, offset: 4 * HOUR, now: plus(due, 4 * HOUR), cardLink: CARD_LINK }),
    reminderDone(about),
    ...complaint.actions.flatMap((action) => {
      const about = { source: ofComplaint(complaint), action, ...OPTIONS }
      const timed = { ...about, offset: HOUR, now: plus(action.dueAt, HOUR) }
      const settled = actionSettled(about, 'action')
      return [actionAgreed(about), actionReminder(timed), actionOverdue(timed), actionQuestion(about), settled]
    }),
    ...(entry.event.kind === 'closed'
      ? [originTold(complaint, entry, OPTIONS), ending(complaint, entry, OPTIONS)]
      : []),
  ]
}

const rowOf = (text: string) => ({
  number: 142,
  hidden: false,
  customer: typed(text, 120),
  severity: 'critical' as const,
  status: 'owned' as const,
  department: typed(text, 200),
  owner: 'U0OWN',
  nextDeadline: NOW,
  excerpt: text.slice(0, 200),
})

const squeezed = (text: string): string => clean(text).replace(/\s+/g, '')

function expectNothingLost({ complaint }: Story): void {
  const { customer, words, tried, contact, reference } = complaint.report
  const drawn = card(complaint, { setup: SETUP, now: NOW, showContact: true })
  const shown = [...drawn.blocks, ...(drawn.cutWords ? fullWords(complaint) : [])]
  const read = squeezed(shown.map(readable).join('\n'))
  for (const text of [customer, words, tried, contact, reference])
    if (hasWords(text) && !read.includes(squeezed(text))) expect(read).toContain(squeezed(text))
}

/** With `thorough` every message is tried at each turn of the life, else at its last, where all of the text is on it. */
function tryAll(text: string, { thorough }: { thorough: boolean }): void {
  const { steps, turns } = lifeOf(text)
  for (const story of thorough ? turns : turns.slice(-1)) messagesOf(story).forEach(expectSound)
  for (const story of steps) expectSound(line(lastOf(story), story.complaint, OPTIONS))
  const [open] = turns
  const last = turns.at(-1)
  if (!open || !last) throw new Error('No life')
  expectNothingLost(open)
  const rows = Array.from({ length: thorough ? 10 : 1 }, () => rowOf(text))
  expectSound(list({ title: `Found for ${text}`, query: `find ${text}`, rows, page: 3, hasMore: true, now: NOW }))
  const { complaint } = last
  const views = [
    fileModal({ setup: SETUP, now: NOW, prefill: { customer: text, words: text }, source: null }),
    editModal(complaint),
    callbackModal(complaint, { now: NOW, preset: { outcome: 'reached', said: text.slice(0, 3000), settled: false } }),
    moreModal(complaint, { setup: SETUP }),
    ...turns.flatMap((story) =>
      story.complaint.actions.flatMap((action) => [
        finishActionModal(ofComplaint(story.complaint), action),
        recurrenceModal(ofComplaint(story.complaint), action),
      ]),
    ),
    timelineModal(complaint, last.entries, { setup: SETUP, page: 0, showContact: true }),
  ]
  const faults = views.flatMap((view) => checkView(view))
  if (faults.length > 0) expect(faults).toEqual([])
}

const tryAllOf = (text: string): void => tryAll(text, { thorough: true })

/** The same text over and over, to the longest that a form takes. */
const filledUp = (text: string): string =>
  text === '' ? '' : text.repeat(Math.ceil(3000 / text.length)).slice(0, 3000)

describe.skipIf(!present)(`text from ${DATA}`, () => {
  it('holds the strings and the complaints', () => {
    expect([naughty.length, narratives.length]).toEqual([515, 501])
  })
  const tryEach = (texts: readonly string[]) =>
    texts.forEach((text, at) => {
      tryAll(text, { thorough: at % 20 === 0 })
    })
  it('naughty strings', { timeout: 120_000 }, () => tryEach(naughty))
  // All of them go through the running bot in test/data; at full length, and as stories, every tenth is enough here.
  const everyTenth = (all: readonly string[]) => all.filter((_, at) => at % 10 === 0)
  it('naughty strings, at full length', { timeout: 240_000 }, () => tryEach(everyTenth(naughty).map(filledUp)))
  it('real complaints', { timeout: 240_000 }, () => tryEach(everyTenth(narratives)))
})

describe('the heaviest text', () => {
  it.each([
    ['quotes', '"'],
    ['line breaks', '\n"'],
    ['backslashes', '\\'],
    ['ampersands', '&'],
    ['broadcasts', '<!channel> <!here> <@U0EVIL> <!subteam^S0EVIL> @everyone '],
    ['control characters', '\u0001a'],
    ['half pairs', '\uD83D'],
    ['emoji', '👩‍👩‍👧‍👦'],
    ['invisible', '\u200B'],
    ['stacked accents', '\u0301'],
    ['emoji names', ':boom: *bold* _it_ ~s~ `c` '],
  ])('%s', (_, text) => {
    tryAllOf(filledUp(text))
  })
})

import type { ModalView } from '@slack/types'
import { describe, expect, it } from 'vitest'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { checkOptions, checkView } from '../../src/sandbox/limits.ts'
import { callbackModal } from '../../src/views/callbackModal.ts'
import { callOffVisitModal, changeVisitModal } from '../../src/views/changeVisitModal.ts'
import { closeOutModal } from '../../src/views/closeOutModal.ts'
import { editModal } from '../../src/views/editModal.ts'
import { fileMetadataOf, fileModal } from '../../src/views/fileModal.ts'
import { declineModal, makeGoodModal } from '../../src/views/makeGoodModal.ts'
import { complaintOf, editOf, timelinePageOf } from '../../src/views/metadata.ts'
import { moreModal } from '../../src/views/moreModal.ts'
import { moveCallbackModal } from '../../src/views/moveCallbackModal.ts'
import { nextLevelModal } from '../../src/views/nextLevelModal.ts'
import { noticeModal } from '../../src/views/notice.ts'
import { departmentOptions, rootCauseOptions } from '../../src/views/options.ts'
import { outcomeModal } from '../../src/views/outcomeModal.ts'
import { refused } from '../../src/views/refused.ts'
import { reopenModal } from '../../src/views/reopenModal.ts'
import { timelineModal } from '../../src/views/timelineModal.ts'
import { visitModal } from '../../src/views/visitModal.ts'
import {
  approve,
  arrive,
  BIG_SETUP,
  become,
  callBack,
  close,
  decline,
  edit,
  filed,
  makeGood,
  move,
  NOW,
  noAnswer,
  outcome,
  own,
  plan,
  readable,
  reopen,
  SETUP,
  SOURCE,
  type Story,
} from './samples.ts'

const file = (more: Partial<Parameters<typeof fileModal>[0]> = {}) =>
  fileModal({ setup: SETUP, now: NOW, prefill: {}, source: null, ...more })
const owned = become(filed(), own)
const closed = become(owned, close())
const { complaint } = owned
const planned = become(owned, plan())
const asked = become(owned, makeGood())
const [given = expect.fail('no make-good')] = asked.complaint.makeGoods
const [trip = expect.fail('no visit')] = planned.complaint.visits

/** Label, kind of input, and whether it may stay empty. */
const labels = (view: ModalView): string[] =>
  view.blocks.flatMap((block) =>
    'element' in block && 'label' in block && typeof block.label === 'object'
      ? [`${block.label.text} | ${block.element.type}${block.optional ? ' | optional' : ''}`]
      : [],
  )

// biome-ignore lint/suspicious/noExplicitAny: tests reach for whatever an element holds
const element = (view: ModalView, blockId: string): any => {
  const block = view.blocks.find((one) => one.block_id === blockId)
  return block && 'element' in block ? block.element : undefined
}

describe('every modal', () => {
  const modals: [string, ModalView][] = [
    ['file', file()],
    [
      'file, prefilled',
      file({ prefill: { customer: 'Acme', words: 'wrong valve' }, source: SOURCE, severity: 'serious' }),
    ],
    ['file, many departments', file({ setup: BIG_SETUP })],
    ['log callback', callbackModal(complaint, { now: NOW })],
    [
      'log callback after "No"',
      callbackModal(complaint, { now: NOW, preset: { outcome: 'reached', said: 'Not yet', settled: false } }),
    ],
    ['move callback', moveCallbackModal(complaint, { now: NOW })],
    ['visit', visitModal(complaint, { by: 'U0REP' })],
    ['visit, after one that diagnosed', visitModal(complaint, { by: 'U0REP', after: 'diagnosed' })],
    ['change visit', changeVisitModal(142, trip)],
    ['call off visit', callOffVisitModal(142, trip)],
    ['make good', makeGoodModal(complaint, { setup: SETUP })],
    ['decline', declineModal(142, given)],
    ['outcome', outcomeModal(complaint)],
    ['close out', closeOutModal(complaint, { setup: SETUP })],
    ['close out, cause chosen', closeOutModal(complaint, { setup: SETUP, rootCause: 'poor-design' })],
    ['close out, many causes', closeOutModal(complaint, { setup: BIG_SETUP, rootCause: 'c3' })],
    ['reopen', reopenModal(closed.complaint, { now: NOW })],
    ['edit', editModal(complaint)],
    ['more', moreModal(complaint, { setup: SETUP })],
    ['more, visit planned', moreModal(planned.complaint, { setup: SETUP })],
    ['next level', nextLevelModal(complaint, { setup: SETUP })],
    ['more, closed', moreModal(closed.complaint, { setup: SETUP })],
    ['notice', noticeModal(refused('It is closed.'))],
    [
      'timeline',
      timelineModal(
        complaint,
        become(
          owned,
          noAnswer,
          plan(),
          arrive,
          outcome(),
          move(),
          edit({ feeling: 'calm' }),
          callBack(),
          close(),
          reopen(),
        ).entries,
        {
          setup: SETUP,
          page: 0,
          showContact: true,
        },
      ),
    ],
  ]
  it.each(modals)('%s', (_, view) => {
    expect(checkView(view)).toEqual([])
    expect(view).toMatchSnapshot()
  })
})

describe('"Make good"', () => {
  const view = makeGoodModal(complaint, { setup: SETUP })
  it('asks in the order and the words of PRODUCT', () => {
    expect(labels(view)).toEqual([
      'Kind | static_select',
      'Amount | plain_text_input | optional',
      'Note | plain_text_input | optional',
    ])
    const options = element(view, 'how').options.map((one: { text: { text: string } }) => one.text.text)
    expect(options).toEqual(['Refund', 'Replacement', 'Credit', 'Visit'])
  })

  it('says what may be granted without asking, and what was', () => {
    const mayGrant = (authority: number | null, currency = 'USD', story = owned) => {
      const departments = SETUP.departments.map((one) => ({ ...one, authority }))
      return readable(makeGoodModal(story.complaint, { setup: { ...SETUP, currency, departments } }).blocks)
    }
    expect(mayGrant(null)).toContain('Manufacturing asks its lead about each make-good.')
    // Critical: twice as much.
    expect(mayGrant(500)).toContain(
      'Manufacturing may grant up to $1,000.00 on this complaint without asking its lead.',
    )
    expect(mayGrant(500, 'JPY')).toContain('up to ¥1,000 on')
    expect(mayGrant(500)).toContain('In USD, such as 1,200.50.')
    expect(mayGrant(500, 'JPY')).toContain('In JPY, such as 1,200.')
  })
})

describe('how "Made good" stands to the ledger', () => {
  const hint = (story: Story) => {
    const view = closeOutModal(story.complaint, { setup: SETUP })
    return readable(view.blocks.find((block) => block.block_id === 'fix'))
  }
  it.each<[string, Story, string]>([
    ['nothing granted', owned, 'Nothing is granted yet: More, then Make good, does it.'],
    ['asked for', asked, 'Still to be answered: a refund of $800.00.'],
    ['granted', become(asked, approve), 'Granted so far: $800.00.'],
    ['declined', become(asked, decline()), 'Nothing is granted yet'],
  ])('%s', (_, story, words) => {
    expect(hint(story)).toContain(words)
  })
})

describe('"File a complaint"', () => {
  it('asks in the order and the words of PRODUCT', () => {
    expect(labels(file())).toEqual([
      'Customer | plain_text_input',
      'How does the customer feel? | static_select',
      "What happened, in the customer's words | plain_text_input",
      'What have they already tried? | plain_text_input | optional',
      'Department that can fix it | static_select',
      'Severity | static_select',
      'Who to call back, and how | plain_text_input | optional',
      'Site, order or part | plain_text_input | optional',
      'When did the customer tell us? | datetimepicker',
      'Call back promised by | datetimepicker',
      'Photos or files | file_input | optional',
    ])
  })

  it('starts at now and at the policy, to the minute', () => {
    const view = file()
    expect(element(view, 'toldAt').initial_date_time).toBe(Date.parse('2026-11-21T14:05:00Z') / 1000)
    expect(element(view, 'promisedBy:normal').initial_date_time).toBe(Date.parse('2026-11-21T18:06:00Z') / 1000)
    expect(element(file({ severity: 'critical' }), 'promisedBy:critical').initial_date_time).toBe(
      Date.parse('2026-11-21T15:06:00Z') / 1000,
    )
  })

  it('has room for the files of a message, whatever they and its link are called', () => {
    const files = Array.from({ length: 20 }, (_, at) => ({ id: `F${'0'.repeat(10)}${at}`, name: '"\\\n'.repeat(80) }))
    const source = { channel: 'C0SALES', ts: '1.2', permalink: `https://acme.slack.com/${'a'.repeat(977)}` }
    const view = file({ source, files })
    expect(checkView(view)).toEqual([])
    const kept = fileMetadataOf(view.private_metadata ?? '')
    expect(kept.files.map(({ id }) => id)).toEqual(files.slice(0, 11).map(({ id }) => id))
    expect(kept.source?.permalink).toBe(source.permalink)
  })

  it('keeps the promise a person made when the severity changes', () => {
    const view = file({ severity: 'serious', promisedBy: plus(NOW, 9 * HOUR) })
    expect(element(view, 'promisedBy:serious').initial_date_time).toBe(plus(NOW, 9 * HOUR).getTime() / 1000)
    expect(fileMetadataOf(view.private_metadata ?? '')).toEqual({
      source: null,
      files: [],
      severity: 'serious',
      promisedBy: Date.parse('2026-11-21T16:06:00Z') / 1000,
    })
  })

  it('cuts what is filled in and says where the rest is', () => {
    const view = file({ prefill: { customer: 'A'.repeat(300), words: '😀'.repeat(2000) }, source: SOURCE })
    expect(checkView(view)).toEqual([])
    const { initial_value: words } = element(view, 'words')
    expect(words.length).toBeLessThanOrEqual(3000)
    expect(words).toMatch(/^(😀)+…$/u)
    expect(readable(view.blocks)).toContain('The rest stays at the linked message.')
    expect(fileMetadataOf(view.private_metadata ?? '').source).toEqual(SOURCE)
  })
})

describe('selects too long for a list', () => {
  it('are searched', () => {
    expect(element(file({ setup: BIG_SETUP }), 'department').type).toBe('external_select')
    expect(element(closeOutModal(complaint, { setup: BIG_SETUP }), 'rootCause').type).toBe('external_select')
    expect(departmentOptions(BIG_SETUP, 'MENT 7').options).toHaveLength(11)
    expect(checkOptions(departmentOptions(BIG_SETUP, ''))).toEqual([])
    expect(checkOptions(rootCauseOptions(BIG_SETUP, ''))).toEqual([])
    expect(rootCauseOptions(SETUP, 'nothing like it')).toEqual({ options: [] })
  })
})

describe('"Close out"', () => {
  it("starts the origin at the cause's own", () => {
    expect(element(closeOutModal(complaint, { setup: SETUP }), 'origin').initial_option).toBeUndefined()
    const view = closeOutModal(complaint, { setup: SETUP, rootCause: 'poor-design' })
    expect(element(view, 'origin:poor-design').initial_option.value).toBe('design')
    const none = closeOutModal(complaint, { setup: SETUP, rootCause: 'wrong-part-number' })
    expect(element(none, 'origin:wrong-part-number').initial_option).toBeUndefined()
  })
})

describe('metadata', () => {
  it('tells which complaint a modal is about', () => {
    for (const view of [
      visitModal(complaint, { by: 'U1' }),
      editModal(complaint),
      closeOutModal(complaint, { setup: SETUP }),
    ])
      expect(complaintOf(view.private_metadata ?? '')).toBe(142)
    expect(editOf(editModal(become(filed(), edit({ feeling: 'calm' })).complaint).private_metadata ?? '')).toEqual({
      complaint: 142,
      edits: 1,
    })
  })
})

describe('the timeline', () => {
  const words = Array.from({ length: 30 }, (_, i) => `${i} `.repeat(1200).slice(0, 3000 - 10) + ' end'.repeat(2))
  const story = words.reduce((so, text, i) => become(so, edit({ words: text, contact: `Secret ${i}` }, i)), filed())
  const pageOf = (page: number, showContact = true) =>
    timelineModal(story.complaint, story.entries, { setup: SETUP, page, showContact })

  it('shows everything, page by page', () => {
    let read = ''
    let pages = 0
    for (let next: number | null = 0; next !== null; pages += 1) {
      const view: ModalView = pageOf(next)
      expect(checkView(view)).toEqual([])
      read += readable(view.blocks)
      const turning = view.blocks.flatMap((block) =>
        'elements' in block && block.type === 'actions' ? block.elements : [],
      )
      const button = turning.find((one) => 'text' in one && typeof one.text === 'object' && one.text.text === 'Next')
      next = button && 'value' in button ? timelinePageOf(String(button.value)).page : null
    }
    expect(pages).toBeGreaterThan(1)
    const flat = read.replace(/\s+/g, '')
    for (const text of words) expect(flat).toContain(text.replace(/\s+/g, ''))
  })

  it('shows the nearest page, and hides who to call back where it has to', () => {
    expect(readable(pageOf(99).blocks)).toMatch(/Page (\d+) of \1/)
    expect(JSON.stringify(pageOf(0, false))).not.toContain('Secret')
  })
})

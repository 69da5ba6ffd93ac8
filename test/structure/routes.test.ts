import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { completed } from '../../src/complaint/figures.ts'
import { raiseFlaw } from '../../src/complaint/flawing.ts'
import { type HomeFilters, NO_FILTERS, planHome } from '../../src/complaint/home.ts'
import type { Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/complaint/time.ts'
import { verifyAgainstSlack } from '../../src/config/verify.ts'
import { makeLog } from '../../src/log.ts'
import { isJson, type Json, objectOf, text } from '../../src/sandbox/json.ts'
import { deliveryClient } from '../../src/slack/clients.ts'
import { ROUTES } from '../../src/slack/routes.ts'
import { actionAgreed, actionOverdue, actionQuestion, actionReminder, ofComplaint } from '../../src/views/action.ts'
import { actionList } from '../../src/views/actionList.ts'
import { finishActionModal, recurrenceModal } from '../../src/views/actionModals.ts'
import { briefing } from '../../src/views/briefing.ts'
import { call } from '../../src/views/call.ts'
import { callbackModal } from '../../src/views/callbackModal.ts'
import { card } from '../../src/views/card.ts'
import { callOffVisitModal, changeVisitModal } from '../../src/views/changeVisitModal.ts'
import { closeOutModal } from '../../src/views/closeOutModal.ts'
import { confidentialModal } from '../../src/views/confidentialModal.ts'
import { correctionInputs } from '../../src/views/correction.ts'
import { duplicateCard } from '../../src/views/duplicate.ts'
import { duplicateModal } from '../../src/views/duplicateModal.ts'
import { editModal } from '../../src/views/editModal.ts'
import { etaPassed } from '../../src/views/etaPassed.ts'
import { fileModal } from '../../src/views/fileModal.ts'
import { flawCall, flawStillOnIt } from '../../src/views/flaw.ts'
import { flawCard } from '../../src/views/flawCard.ts'
import { closeFlawModal } from '../../src/views/flawModals.ts'
import { handOverModal } from '../../src/views/handOverModal.ts'
import { help } from '../../src/views/help.ts'
import { home } from '../../src/views/home.ts'
import { homeRow } from '../../src/views/homeRow.ts'
import { homeSetup } from '../../src/views/homeSetup.ts'
import { list } from '../../src/views/list.ts'
import { makeGoodAsked, makeGoodCompany } from '../../src/views/makeGoodAsked.ts'
import { declineModal, makeGoodModal } from '../../src/views/makeGoodModal.ts'
import { mergeCustomerModal } from '../../src/views/mergeCustomerModal.ts'
import { moreModal } from '../../src/views/moreModal.ts'
import { moveCallbackModal } from '../../src/views/moveCallbackModal.ts'
import { nextLevelModal } from '../../src/views/nextLevelModal.ts'
import { outcomeModal } from '../../src/views/outcomeModal.ts'
import { reassignModal } from '../../src/views/reassignModal.ts'
import { reminder } from '../../src/views/reminder.ts'
import { reopenModal } from '../../src/views/reopenModal.ts'
import { report } from '../../src/views/report.ts'
import { sameCustomer } from '../../src/views/sameCustomer.ts'
import { seeActions, seeThem } from '../../src/views/seeThem.ts'
import { settleCall, settleModal } from '../../src/views/settling.ts'
import { setupForm, setupRemoval } from '../../src/views/setupForm.ts'
import { setupList } from '../../src/views/setupList.ts'
import { setupModal } from '../../src/views/setupModal.ts'

import { stillOnIt } from '../../src/views/stillOnIt.ts'
import { timelineModal } from '../../src/views/timelineModal.ts'
import { visitLine } from '../../src/views/visitLine.ts'
import { visitModal } from '../../src/views/visitModal.ts'
import { INSIDER } from '../support/setups.ts'
import { cardIn, file, world } from '../support/world.ts'
import {
  ACTION,
  arrive,
  BIG_SETUP,
  become,
  CARD_LINK,
  close,
  edit,
  filed,
  lastOf,
  makeGood,
  NOW,
  own,
  plan,
  SETUP,
  type Story,
  settlingStory,
} from '../views/samples.ts'
import { ROOT, sourcesIn } from './sources.ts'

/* What Slack is told that we answer, what our views make it send, and what we answer are one and the same. */

interface Manifest {
  readonly features: {
    readonly slash_commands: readonly { readonly command: string; readonly url: string }[]
    readonly shortcuts: readonly { readonly type: 'global' | 'message'; readonly callback_id: string }[]
  }
  readonly oauth_config: { readonly scopes: { readonly bot: readonly string[] } }
  readonly settings: { readonly event_subscriptions: { readonly bot_events: readonly string[] } }
}

const manifest: Manifest = parse(readFileSync(join(ROOT, 'manifest.yml'), 'utf8'))
const scopes = manifest.oauth_config.scopes.bot

const sorted = (ids: Iterable<string>): string[] => [...new Set(ids)].sort()

describe('the manifest', () => {
  const ofType = (type: string) =>
    manifest.features.shortcuts.filter((shortcut) => shortcut.type === type).map((shortcut) => shortcut.callback_id)

  it('names the command, the shortcuts and the events that are answered', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(Object.keys(ROUTES.commands))
    expect(ofType('global')).toEqual(Object.keys(ROUTES.shortcuts))
    expect(ofType('message')).toEqual(Object.keys(ROUTES.messageShortcuts))
    // Slack names messages by where they stand, and sends them all as `message`.
    const events = manifest.settings.event_subscriptions.bot_events.map((name) =>
      name.replace(/^message\..*/, 'message'),
    )
    expect(sorted(events)).toEqual(sorted(Object.keys(ROUTES.events)))
  })

  it('sends everything to the one address that is served', () => {
    const addresses = JSON.stringify(manifest).match(/https:\/\/[^"]+/g) ?? []
    expect(sorted(addresses)).toEqual(['https://amends.example.com/slack/events'])
    expect(addresses).toHaveLength(4)
  })

  const SCHEMAS = join(ROOT, '../shared/data/slack/schemas')
  describe.skipIf(!existsSync(SCHEMAS))('by the schema of Slack', () => {
    const read = (name: string) => JSON.parse(readFileSync(join(SCHEMAS, name), 'utf8'))
    const isValid = existsSync(SCHEMAS)
      ? new Ajv({ strict: false, validateFormats: false }).compile(read('manifest.schema.2.0.0.json'))
      : () => false

    it('is valid', () => {
      isValid(manifest)
      expect('errors' in isValid && isValid.errors).toBeNull()
    })

    it('which knows right from wrong', () => {
      expect(isValid(read('manifest.v2.valid.json'))).toBe(true)
      expect(isValid(read('manifest.v2.invalid.json'))).toBe(false)
    })
  })
})

/** Every view that Slack sends something back from, by its file; in each state that shows another button or select. */
const open = filed()
const owned = become(open, own)
const planned = become(owned, plan())
const [trip = expect.fail('no visit')] = planned.complaint.visits
const asked = become(owned, makeGood())
const [given = expect.fail('no make-good')] = asked.complaint.makeGoods
const arrived = become(planned, arrive)
const closed = become(owned, close())
const settling = settlingStory()
const long = Array.from({ length: 30 }, (_, at) => `${at} `.repeat(1200).slice(0, 2990)).reduce(
  (so, words, at) => become(so, edit({ words }, at)),
  open,
)

const cardOf = ({ complaint }: Story) => card(complaint, { setup: SETUP, now: NOW, showContact: true })
const timelineOf = ({ complaint, entries }: Story, page: number) =>
  timelineModal(complaint, entries, { setup: SETUP, page, showContact: true })
const { complaint } = owned
const corrected = become(owned, close('Sent the right valve', ACTION))
const [action] = corrected.complaint.actions
if (!action) throw new Error('No corrective action was agreed')
const { flaw } = raiseFlaw(
  1,
  { topic: { kind: 'reference', key: 'kv220', name: 'KV-220' }, complaints: [1, 2, 3], before: null },
  { now: NOW, setup: SETUP, asker: null },
)
const source = ofComplaint(corrected.complaint)
const aboutAction = { source, action, setup: SETUP, cardLink: CARD_LINK }

const listedAction = { ...action, hidden: false, complaint: 142, flaw: null, customer: 'Acme' }

const homeOf = (setup: Setup, chosen: Partial<HomeFilters> = {}) =>
  home({
    plan: planHome('U0LEAD', { ...NO_FILTERS, ...chosen }, setup, INSIDER),
    lists: [{ list: 'owned', rows: [], page: 1, total: 100 }],
    load: new Map([['manufacturing', { open: 1, unowned: 0, overdue: 0 }]]),
    ...{ loadByPerson: [], actions: { found: [listedAction], total: 1 }, setup, now: NOW, drawnAt: NOW },
  })

const VIEWS: Record<string, unknown[]> = {
  action: [
    actionAgreed(aboutAction),
    actionReminder({ ...aboutAction, offset: 0, now: NOW }),
    actionOverdue({ ...aboutAction, offset: 1, now: NOW }),
    actionQuestion(aboutAction),
  ],
  actionModals: [finishActionModal(source, action), recurrenceModal(source, action)],
  correction: [correctionInputs()],
  flaw: [
    flawCall(flaw, { setup: SETUP, entry: lastOf(open), since: NOW }),
    flawStillOnIt(
      { ...flaw, status: 'owned', owner: 'U0OWN', ladder: null, silence: { since: NOW, askedAt: NOW } },
      { setup: SETUP },
    ),
  ],
  flawCard: [
    flawCard(flaw, { setup: SETUP, now: NOW, joined: { customers: 1, confidential: 0, newest: [] }, trend: null }),
  ],
  flawModals: [closeFlawModal(flaw, { setup: SETUP })],
  briefing: [
    briefing(complaint, { entries: owned.entries, setup: SETUP, now: NOW, showContact: true, cardLink: null }),
  ],
  call: [call({ complaint: open.complaint, entry: lastOf(open), since: NOW, setup: SETUP })],
  callbackModal: [callbackModal(complaint, { now: NOW })],
  card: [open, owned, planned, arrived, settling, closed].map(cardOf),
  changeVisitModal: [changeVisitModal, callOffVisitModal].map((of) => of(142, trip)),
  etaPassed: [
    etaPassed(planned.complaint, { visit: 1, eta: trip.eta?.toISOString() ?? '' }, { setup: SETUP, now: NOW }),
  ],
  confidentialModal: [confidentialModal(complaint, { setup: SETUP, duplicates: [143] })],
  closeOutModal: [
    closeOutModal(complaint, { setup: SETUP }),
    closeOutModal(complaint, { setup: BIG_SETUP, rootCause: 'c3' }),
  ],
  editModal: [editModal(complaint)],
  fileModal: [SETUP, BIG_SETUP].map((setup) => fileModal({ setup, now: NOW, prefill: {}, source: null })),
  handOverModal: [SETUP, BIG_SETUP].map((setup) => handOverModal(complaint, { setup })),
  list: [
    list({
      title: 'Open complaints',
      query: 'list',
      rows: [
        {
          ...{
            number: 1,
            hidden: false,
            customer: 'Acme',
            severity: 'normal',
            status: 'open',
            department: 'Manufacturing',
          },
          ...{ owner: null, nextDeadline: NOW, excerpt: 'It leaks.' },
        },
      ],
      ...{ page: 1, hasMore: true, now: NOW },
    }),
  ],
  actionList: [
    actionList({
      ...{ overdue: { at: NOW, department: 'design' }, setup: SETUP, query: 'actions', rows: [listedAction], page: 1 },
      ...{ hasMore: true, total: 40, now: NOW },
    }),
  ],
  seeThem: [
    seeThem('*3 overdue*', 'overdue', { from: NOW.toISOString(), to: NOW.toISOString() }, { department: null }),
    seeActions('*3 overdue*', { to: NOW.toISOString() }, { department: null }),
  ],
  report: [report(completed({ from: NOW.toISOString(), to: NOW.toISOString() }), { setup: SETUP, department: null })],
  setupForm: [
    ...(['start', 'company', 'policy'] as const).map((kind) =>
      setupForm({ piece: { kind }, mark: '', page: 0, contents: {}, setup: SETUP }),
    ),
    ...(['department', 'cause'] as const).flatMap((kind) => [
      setupForm({ piece: { kind, key: null }, mark: '', page: 0, contents: {}, setup: SETUP }),
      setupRemoval({ piece: { kind, key: 'x' }, mark: '', page: 0, name: 'X', below: 0 }),
    ]),
  ],
  setupList: (['departments', 'causes'] as const).map((list) => setupList(BIG_SETUP, { list, page: 1 })),
  setupModal: [setupModal(SETUP)],
  homeSetup: [homeSetup(SETUP)],
  stillOnIt: [stillOnIt(complaint, { setup: SETUP })],
  duplicate: [duplicateCard(complaint, 100, null)],
  duplicateModal: [duplicateModal(complaint)],
  mergeCustomerModal: [mergeCustomerModal(complaint, { id: 1, name: 'Acme' })],
  sameCustomer: [
    sameCustomer({ complaint: 142, name: 2, other: 1 }, { name: 'Acme Corp', other: 'Acme', called: 'Acme' }),
  ],
  moreModal: [
    moreModal({ ...complaint, duplicateOf: 100 }, { setup: SETUP }),
    moreModal(complaint, { setup: SETUP }),
    moreModal(closed.complaint, { setup: SETUP }),
    moreModal(
      {
        ...complaint,
        report: { ...complaint.report, severity: 'critical' },
        policy: { ...complaint.policy, warRoom: { critical: true, people: [] } },
      },
      { setup: SETUP },
    ),
  ],
  makeGoodAsked: [
    makeGoodAsked(asked.complaint, { makeGood: 1, approver: 'lead', setup: SETUP }),
    makeGoodCompany(asked.complaint, { makeGood: 1, setup: SETUP, cardLink: null }),
  ],
  makeGoodModal: [makeGoodModal(complaint, { setup: SETUP }), declineModal(142, given)],
  nextLevelModal: [nextLevelModal(complaint, { setup: SETUP })],
  moveCallbackModal: [moveCallbackModal(complaint, { now: NOW })],
  outcomeModal: [outcomeModal(arrived.complaint)],
  reassignModal: [reassignModal(complaint)],
  reminder: [reminder({ complaint, clock: 'callback', seq: 1, offset: 0, setup: SETUP, now: NOW, showContact: true })],
  reopenModal: [reopenModal(closed.complaint, { now: NOW })],
  settling: [
    settleCall(settling.complaint, lastOf(settling), { setup: SETUP, cardLink: null, showReason: true }),
    settleModal(settling.complaint, { setup: SETUP }),
  ],
  home: [homeOf(SETUP), homeOf(SETUP, { list: 'owned', page: 1 }), homeOf(BIG_SETUP)],
  homeRow: [homeRow({ complaint, cardLink: null, mayNot: () => null }, 'owned', { setup: SETUP, now: NOW })],
  timelineModal: [timelineOf(owned, 0), timelineOf(long, 0), timelineOf(long, 1)],
  visitLine: [visitLine(lastOf(planned), planned.complaint, { setup: SETUP, now: NOW })],
  visitModal: [visitModal(complaint, { by: 'U0REP' })],
  help: [help()],
}

/** The ids that Slack sends back, by what it sends. */
interface Emitted {
  readonly actions: string[]
  readonly submissions: string[]
  readonly suggestions: string[]
}

const INTERACTIVE =
  /^(button|overflow|checkboxes|radio_buttons|\w+picker|(multi_)?\w+_select|workflow_button|icon_button|feedback_buttons)$/

/** `quiet`: what stands in an input block is sent with the form, and at once only where the block says so. */
function collect(value: unknown, into: Emitted, quiet = false): Emitted {
  if (Array.isArray(value)) for (const item of value) collect(item, into, quiet)
  else if (isJson(value)) {
    const type = text(value.type)
    const id = text(value.action_id)
    if (type.endsWith('external_select')) into.suggestions.push(id)
    if (INTERACTIVE.test(type) && !quiet && text(value.url) === '') into.actions.push(id)
    if (type === 'modal' && value.submit) into.submissions.push(text(value.callback_id))
    const inside = type === 'input' ? value.dispatch_action !== true : quiet
    for (const field of Object.values(value)) collect(field, into, inside)
  }
  return into
}

describe('the views', () => {
  const emitted = collect(Object.values(VIEWS), { actions: [], submissions: [], suggestions: [] })

  it('are all there that make Slack send something', () => {
    const parts = ['blocks', 'inputs', 'options', 'ids', 'metadata', 'setupFields', 'setupOptions']
    const sending = sourcesIn('src/views')
      .filter(({ code }) => /\b(button|modal|input|\w+Input|\w+Select)\(/.test(code) || code.includes('./ids.ts'))
      .map(({ path }) => path.replace(/^.*\/|\.ts$/g, ''))
      .filter((name) => ![...parts, 'notice'].includes(name))
    expect(sorted(Object.keys(VIEWS))).toEqual(sorted(sending))
  })

  it('emit the actions that are answered, and no others', () => {
    expect(sorted(emitted.actions)).toEqual(sorted(Object.keys(ROUTES.actions)))
  })

  it('emit the forms that are answered, and no others', () => {
    expect(sorted(emitted.submissions)).toEqual(sorted(Object.keys(ROUTES.submissions)))
  })

  it('emit the searches that are answered, and no others', () => {
    expect(sorted(emitted.suggestions)).toEqual(sorted(Object.keys(ROUTES.suggestions)))
  })
})

/** The bot's scopes that each method of the Web API asks for: docs.slack.dev/reference/methods. */
const SCOPES: Record<string, readonly string[]> = {
  'auth.test': [],
  // Public channels that it was not invited to ask for the second.
  'chat.postMessage': ['chat:write', 'chat:write.public'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'chat.getPermalink': [],
  'dnd.info': ['dnd:read'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.replies': ['channels:history', 'groups:history', 'im:history', 'mpim:history'],
  'conversations.archive': ['channels:manage', 'groups:write'],
  'conversations.create': ['channels:manage', 'groups:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.invite': ['channels:manage', 'groups:write'],
  'conversations.kick': ['channels:manage', 'groups:write'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write', 'mpim:write'],
  'files.info': ['files:read'],
  'pins.add': ['pins:write'],
  'usergroups.list': ['usergroups:read'],
  'files.uploadV2': ['files:write'],
  'users.conversations': ['channels:read', 'groups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.push': [],
  'views.update': [],
}

const CLOSE_OUT = {
  'Root cause': 'Defective part',
  'What was done': 'Replaced it.',
  'Was it fixed?': 'Fixed',
  'Could we have avoided it?': 'Yes',
  'Why none is needed': 'It was a single piece.',
  'Does the customer say it is settled?': 'Yes',
}

describe('scopes', () => {
  const FAMILIES =
    'admin|apps|auth|bookmarks|bots|chat|conversations|dnd|emoji|files|pins|reactions|reminders|search|team|usergroups|users|views'
  const CALL = new RegExp(`\\bclient\\s*\\.\\s*(${FAMILIES})\\s*((?:\\.\\s*\\w+\\s*)+)\\(`, 'g')
  const called = sorted(
    sourcesIn('src')
      .filter(({ path }) => !path.startsWith('src/sandbox/'))
      .flatMap(({ code }) =>
        [...code.matchAll(CALL)].map(([, family, rest]) => `${family}${rest?.replace(/\s/g, '')}`),
      ),
  )

  it('each method that is called is known here', () => {
    expect(called).toEqual(Object.keys(SCOPES).sort())
  })

  it('nothing is called past the typed methods', () => {
    const past = sourcesIn('src').filter(
      ({ path, code }) => !path.startsWith('src/sandbox/') && /\bapiCall\(/.test(code),
    )
    expect(past.map(({ path }) => path)).toEqual([])
  })

  it('are those of the methods called, and of the command and the shortcuts', () => {
    expect(sorted(scopes)).toEqual(sorted(['commands', ...called.flatMap((method) => SCOPES[method] ?? [])]))
    expect(scopes).toHaveLength(new Set(scopes).size)
  })

  it('are enough for a whole life, for what went missing on the way, and for the check of a setup', async () => {
    const w = await world({
      slack: {
        strictScopes: [...scopes],
        channels: [
          ...['service', 'manufacturing', 'design', 'company', 'ops'].map((name) => ({ name })),
          { name: 'logistics', isPrivate: true },
          { name: 'sales', bot: false },
          // The name that the war room would have.
          { name: 'complaint-1-acme', bot: false },
        ],
      },
      setup: (setup) => ({ ...setup, policy: { ...setup.policy, warRoom: { critical: true, people: [] } } }),
    })
    const { slack, people, settle, pass, clock } = w
    const { rita, fred, lou } = people
    const manufacturing = slack.channel('manufacturing')

    // Accepted, and the answer lost: the card in a public channel, and the thanks in a direct message.
    for (const channel of [manufacturing, rita.id])
      slack.faults.next({ kind: 'acceptThenReset', method: 'chat.postMessage', channel })
    await people.rita.command('/complaint', { channel: 'service' })
    const fields = {
      Customer: 'Acme',
      'How does the customer feel?': 'Angry',
      "What happened, in the customer's words": 'It leaks.',
      'Department that can fix it': 'Manufacturing',
      Severity: 'Critical',
    }
    const form = await (await rita.waitForModal()).fill(fields)
    expect((await form.submit()).outcome).toBe('closed')
    await settle()
    for (let at = 0; at < 4; at += 1) await pass(5 * SECOND)
    expect(slack.messages(manufacturing).filter(({ thread_ts }) => !thread_ts)).toHaveLength(1)
    expect(slack.directMessages(rita.id)).toHaveLength(1)
    expect(slack.faults.left).toBe(0)

    // The same in a thread.
    await fred.press(cardIn(w, 'manufacturing', 1), 'Log callback')
    const call = await fred.waitForModal()
    await call.fill({ 'How did it go?': 'Reached', 'What was said': 'They wait.' })
    await call.fill({ 'Does the customer say it is settled?': 'No' })
    slack.faults.next({ kind: 'acceptThenReset', method: 'chat.postMessage', channel: manufacturing })
    expect((await call.submit()).outcome).toBe('closed')
    await settle()
    for (let at = 0; at < 2; at += 1) await pass(5 * SECOND)
    const { ts } = cardIn(w, 'manufacturing', 1)
    expect(slack.thread(manufacturing, ts).filter((reply) => reply.text.includes('They wait.'))).toHaveLength(1)

    // A visit, the close-out, and all over again.
    await fred.press(cardIn(w, 'manufacturing', 1), 'Own it')
    await settle()
    await fred.press(cardIn(w, 'manufacturing', 1), 'Visit')
    const visit = await fred.waitForModal()
    await visit.fill({ 'Who goes': fred.id, ETA: new Date(clock.now().getTime() + HOUR) })
    expect((await visit.submit()).outcome).toBe('closed')
    await pass(30 * MINUTE)
    await fred.press(cardIn(w, 'manufacturing', 1), 'Close out')
    const closing = await fred.waitForModal()
    await closing.fill(CLOSE_OUT)
    expect((await closing.submit()).outcome).toBe('closed')
    await settle()
    await fred.press(cardIn(w, 'manufacturing', 1), 'Reopen')
    const reopening = await fred.waitForModal()
    await reopening.fill({ Reason: 'It leaks again.' })
    expect((await reopening.submit()).outcome).toBe('closed')
    await settle()
    expect(sorted(slack.callsTo('users.info').map(({ answer }) => String(answer?.ok)))).toEqual(['true'])

    // Confidential, and then among fewer.
    for (const [channel, named] of [
      ['manufacturing', lou],
      ['complaint-1-confidential', rita],
    ] as const) {
      await fred.press(cardIn(w, channel, 1), 'More')
      await (await fred.waitForModal()).press('Confidential')
      await slack.until(() => fred.modal().title === 'Confidential #1' || undefined, { what: 'Confidential' })
      await fred.modal().fill({ 'Who else may see it?': [named.id] })
      expect((await fred.modal().submit()).outcome).toBe('cleared')
      await settle()
    }

    // In a private channel, from a message in a channel that Amends was not invited to.
    const photo = slack.upload('rita', 'order.jpg', { withApp: true }).id
    const said = await slack.say('rita', 'sales', 'Acme waits for its order.', undefined, [photo])
    await rita.messageShortcut('file_as_complaint', 'sales', said)
    const second = await (await rita.waitForModal()).fill({
      Customer: 'Acme',
      'How does the customer feel?': 'Worried',
      'Department that can fix it': 'Logistics',
    })
    slack.faults.next({ kind: 'acceptThenReset', method: 'chat.postMessage', channel: slack.channel('logistics') })
    expect((await second.submit()).outcome).toBe('closed')
    await settle()
    for (let at = 0; at < 2; at += 1) await pass(5 * SECOND)
    expect(slack.messages('logistics').filter(({ thread_ts }) => !thread_ts)).toHaveLength(1)
    expect(slack.thread('sales', said)[1]?.text).toMatch(/Filed as .*#2/)
    await lou.press(cardIn(w, 'logistics', 2), 'More')
    await (await lou.waitForModal()).press('Timeline')
    await slack.until(() => lou.modal().title.startsWith('Timeline') || undefined, { what: 'the timeline' })

    await lou.openHome()
    await settle()
    expect(lou.home()).toBeDefined()

    // The picture of the digest.
    await lou.press(cardIn(w, 'logistics', 2), 'Close out')
    await slack.until(() => lou.modal().title.startsWith('Close out') || undefined, { what: 'the close-out' })
    await lou.modal().fill(CLOSE_OUT)
    expect((await lou.modal().submit()).outcome).toMatch(/closed|cleared/)
    await settle()
    await pass(DAY * 7)
    expect(JSON.stringify(slack.messages('company'))).toContain('slack_file')

    const client = deliveryClient({ token: slack.botToken, slackApiUrl: slack.apiUrl, log: makeLog('silent') })
    expect(await verifyAgainstSlack(w.setup, client)).toEqual({ faults: [], warnings: [] })

    const lacking = slack.calls.filter(({ answer }) => objectOf(answer).error === 'missing_scope')
    expect(lacking.map(({ method }) => method)).toEqual([])
    const used = new Set(
      slack.calls.map(({ method }) => (/^files\..*External$/.test(method) ? 'files.uploadV2' : method)),
    )
    expect(Object.keys(SCOPES).filter((method) => !used.has(method))).toEqual([])
    expect(slack.problems).toEqual([])
  })

  it('the sandbox refuses what lacks its scope', async () => {
    const w = await world({ slack: { strictScopes: scopes.filter((scope) => scope !== 'chat:write') } })
    await expect(file(w)).rejects.toThrow('No thanks came')
    const answers: Json[] = w.slack.callsTo('chat.postMessage').map(({ answer }) => answer ?? {})
    expect(new Set(answers.map(({ error }) => error))).toEqual(new Set(['missing_scope']))
  })
})

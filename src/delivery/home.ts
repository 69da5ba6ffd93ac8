import { createHash } from 'node:crypto'
import type { WebClient } from '@slack/web-api'
import { runningClock } from '../complaint/clocks.ts'
import { CLOCKS } from '../complaint/events.ts'
import { caseOf, type Flaw } from '../complaint/flaw.ts'
import { ACTIONS_ON_OVERVIEW, FLAWS_ON_OVERVIEW, type HomePlan, planHome } from '../complaint/home.ts'
import { sentence } from '../complaint/refusals.ts'
import { type Deed, mayNot, mayNotAct } from '../complaint/roles.ts'
import type { Setup } from '../complaint/setup.ts'
import { earliest, plus } from '../complaint/time.ts'
import type { Complaint } from '../complaint/types.ts'
import { readActionsFor } from '../store/actions.ts'
import { readComplaint } from '../store/complaints.ts'
import type { Reader, Tx } from '../store/database.ts'
import { readFlawsFor } from '../store/flawLists.ts'
import { readFlaw, readFlawPlace } from '../store/flaws.ts'
import {
  HOME_FOLLOWS,
  type HomeRow,
  leaveHome,
  type Published,
  readHome,
  readWaiting,
  writePublished,
} from '../store/home.ts'
import { readHomePage, readLoad, readLoadByPerson, readNextDeadline } from '../store/homeLists.ts'
import type { OutboxRow } from '../store/outbox.ts'
import { type Home, home, noHome, PEOPLE, restingHome } from '../views/home.ts'
import { refusalOf } from './fate.ts'
import { linkTo } from './link.ts'

/** Somebody's Home, as it is to stand in Slack. */
export interface PublishCall {
  readonly kind: 'publish'
  readonly row: HomeRow
  readonly view: Home
  /** It stands there already. */
  readonly isSame: boolean
  readonly stands: Omit<Published, 'hash'>
  /** What waited for it in the outbox. */
  readonly waited: readonly number[]
}

interface Composing {
  readonly db: Reader
  readonly setup: Setup | null
  readonly now: Date
  /** Slack's address of the workspace. */
  readonly home: string
}

/** Somebody's Home from what is true by now, at rest where they have not looked at it lately; null where Slack takes none. */
export async function composeHome(
  workspace: string,
  person: string,
  composing: Composing,
): Promise<PublishCall | null> {
  // First: what is read after it holds what each of these was queued for.
  const waited = await readWaiting(composing.db, workspace, person)
  const row = await readHome(composing.db, workspace, person)
  if (!row?.openedAt) return null
  const { setup, now } = composing
  const still = { watches: [], nextChange: null }
  if (row.openedAt <= plus(now, -HOME_FOLLOWS)) return { ...publish(row, restingHome, now, still), waited }
  const refusal = mayNotAct(row.asker) ?? (setup ? null : { kind: 'not-set-up' as const })
  if (setup && !refusal) return { ...(await draw(row, { ...composing, setup })), waited }
  const view = () => noHome(refusal ? sentence(refusal) : '')
  return { ...publish(row, view, now, still), waited }
}

type Drawn = Omit<PublishCall, 'waited'>

async function draw(row: HomeRow, composing: Composing & { readonly setup: Setup }): Promise<Drawn> {
  const { db, setup, now } = composing
  const { workspace, person, asker } = row
  const plan = planHome(person, row.filters, setup, asker)
  const [pages, load, loadByPerson, nextDeadline, actions, flaws] = await Promise.all([
    Promise.all(
      plan.queries.map(async (query) => ({
        list: query.list,
        ...(await readHomePage(db, workspace, person, query, now)),
      })),
    ),
    readLoad(db, workspace, plan.load, now),
    readLoadByPerson(db, workspace, plan.loadByPerson, PEOPLE + 1, now),
    readNextDeadline(db, workspace, person, plan.watches, now),
    plan.learning && readActionsFor(db, workspace, person, plan.learning, ACTIONS_ON_OVERVIEW, now),
    plan.learning && flawsFor(db, workspace, person, plan.learning, composing.home),
  ])
  const numbers = [...new Set(pages.flatMap(({ found }) => found.map(({ number }) => number)))]
  const read = await Promise.all(numbers.map((number) => readComplaint(db, workspace, number)))
  const complaints = new Map(read.flatMap((complaint) => (complaint ? [[complaint.number, complaint]] : [])))
  const lists = pages.map(({ found, ...page }) => ({
    ...page,
    rows: found.flatMap(({ number, card }) => {
      const complaint = complaints.get(number)
      if (!complaint) return []
      const standing = { setup, asker }
      const cardLink = card && linkTo(composing.home, card)
      return [{ complaint, cardLink, mayNot: (deed: Deed) => mayNot(deed, complaint, person, standing) }]
    }),
  }))
  const shown = [...complaints.values(), ...(flaws?.found ?? []).map(({ flaw }) => caseOf(flaw))]
  const nextChange = earliest([
    nextDeadline,
    actions?.nextDue ?? null,
    ...shown.flatMap((one) => deadlinesAfter(one, now)),
  ])
  const view = (drawnAt: Date) => home({ plan, lists, load, loadByPerson, flaws, actions, setup, now, drawnAt })
  return publish(row, view, now, { watches: plan.watches, nextChange })
}

async function flawsFor(
  db: Reader,
  workspace: string,
  person: string,
  learning: NonNullable<HomePlan['learning']>,
  home: string,
): Promise<{ found: { flaw: Flaw; cardLink: string | null }[]; total: number }> {
  const { found, total } = await readFlawsFor(db, workspace, person, learning, FLAWS_ON_OVERVIEW)
  const read = await Promise.all(
    found.map(async (number) => {
      const [flaw, { card }] = await Promise.all([
        readFlaw(db, workspace, number),
        readFlawPlace(db, workspace, number),
      ])
      return flaw ? [{ flaw, cardLink: card && linkTo(home, card) }] : []
    }),
  )
  return { found: read.flat(), total }
}

const deadlinesAfter = (complaint: Complaint, now: Date): Date[] =>
  CLOCKS.flatMap((name) => runningClock(complaint, name)?.dueAt ?? []).filter((dueAt) => dueAt > now)

function publish(
  row: HomeRow,
  view: (drawnAt: Date) => Home,
  now: Date,
  then: Omit<Published, 'hash' | 'shown'>,
): Drawn {
  // A Home says when it was drawn, which alone is no reason to draw it.
  const shown = createHash('sha256')
    .update(JSON.stringify(view(ALWAYS)))
    .digest('base64url')
  return { kind: 'publish', row, view: view(now), isSame: row.shown === shown, stands: { ...then, shown } }
}

const ALWAYS = new Date(0)

/**
 * Puts a Home in place and returns Slack's hash of it. With the hash of the one before, a call whose answer was lost and
 * that arrives late does not take the place of a newer one.
 */
export async function publishHome(client: WebClient, { row, view, isSame }: PublishCall): Promise<string | null> {
  const { person, hash } = row
  if (isSame) return hash
  const { view: stands } = await client.views
    .publish({ user_id: person, view, ...(hash ? { hash } : {}) })
    .catch((error: unknown) => {
      if (refusalOf(error) !== 'hash_conflict') throw error
      return client.views.publish({ user_id: person, view })
    })
  return stands?.hash ?? null
}

/** It stands in Slack. */
export const homePublished = (
  tx: Tx,
  queued: OutboxRow,
  { row, stands, waited }: PublishCall,
  hash: string | null,
  now: Date,
): Promise<void> => writePublished(tx, queued, row, waited, { ...stands, hash }, now)

/** Slack takes it not now nor later. */
export const homeRefused = (tx: Tx, { workspace, message }: OutboxRow): Promise<void> =>
  message.kind === 'home' ? leaveHome(tx, workspace, message.person) : Promise.resolve()

import { completed, type FiguresPair } from '../complaint/figures.ts'
import { departmentOf, type Setup } from '../complaint/setup.ts'
import { readConfidential } from '../store/confidential.ts'
import type { Reader } from '../store/database.ts'
import type { Message } from '../store/message.ts'
import { type OutboxRow, readQueued, readUploaded } from '../store/outbox.ts'
import { digest, type Told } from '../views/digest.ts'
import { digestFigures, digestLists } from '../views/digestDetails.ts'
import { DEPARTMENT_LEFT, refused } from '../views/refused.ts'
import { post, type Saying } from './call.ts'

interface Composing {
  readonly db: Reader
  readonly setup: Setup
}

/** A digest where it belongs, or its details in its thread; null where there is nothing to say. */
export async function composeDigest(row: OutboxRow, composing: Composing): Promise<Saying | null> {
  const { workspace, message } = row
  if (message.kind === 'digest-details') {
    const digested = await readQueued(composing.db, workspace, message.digest)
    if (!digested?.channel || !digested.ts || digested.message.kind !== 'digest') return null
    const told = await tellingOf(workspace, digested.message, composing)
    const details = message.part === 'figures' ? digestFigures : digestLists
    const said = told && details(await openly(workspace, digested.message, composing), told)
    return said && post(digested.channel, said, digested.ts)
  }
  if (message.kind !== 'digest') throw new Error(`A message of kind ${message.kind} belongs to a complaint`)
  const { to } = message
  // Whoever asked can ask again: what can't reach them is nobody else's to read.
  if (to !== undefined && row.redirected !== null) return null
  const told = await tellingOf(workspace, message, composing)
  if (!told && to !== undefined) return post(to, refused(DEPARTMENT_LEFT))
  const channel = to ?? told?.department?.channel ?? composing.setup.channels.company
  return told && post(channel, digest(await openly(workspace, message, composing), told))
}

type Digest = Extract<Message, { kind: 'digest' }>

/** Its figures, of which what has become confidential since is only counted. */
async function openly(workspace: string, { figures }: Digest, { db }: Composing): Promise<FiguresPair> {
  const known = completed(figures)
  const { overdue, oldestOpen, overdueActions } = known
  const named = [
    ...[...overdue.top, ...oldestOpen].map(({ number }) => number),
    ...overdueActions.top.flatMap(({ complaint }) => complaint ?? []),
  ]
  const confidential = await readConfidential(db, workspace, [...new Set(named)])
  const isOpen = (number: number | null): boolean => number === null || !confidential.includes(number)
  return {
    ...known,
    overdue: { ...overdue, top: overdue.top.filter(({ number }) => isOpen(number)) },
    oldestOpen: oldestOpen.filter(({ number }) => isOpen(number)),
    overdueActions: { ...overdueActions, top: overdueActions.top.filter(({ complaint }) => isOpen(complaint)) },
  }
}

/** Null where its department has left the configuration. */
async function tellingOf(
  workspace: string,
  { department: key, costs = null, pictures = [], to }: Digest,
  { db, setup }: Composing,
): Promise<Told | null> {
  const department = key === null ? null : departmentOf(setup, key)
  if (department === undefined) return null
  const uploaded = await readUploaded(db, workspace, pictures)
  return {
    ...{ setup, department, costs, isSoFar: to !== undefined },
    pictures: uploaded.map((row) => ({ file: row.file, picture: row.message.picture })),
  }
}

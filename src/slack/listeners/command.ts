import { sentence } from '../../complaint/refusals.ts'
import { departmentOf, type Setup } from '../../complaint/setup.ts'
import type { ListedComplaint, OpenFilter } from '../../operations/operations.ts'
import { actionList } from '../../views/actionList.ts'
import { behindTitle } from '../../views/behindWords.ts'
import { card } from '../../views/card.ts'
import { fileModal } from '../../views/fileModal.ts'
import { help } from '../../views/help.ts'
import { list } from '../../views/list.ts'
import { behindOf, overdueActionsOf } from '../../views/metadata.ts'
import { notThere, refused } from '../../views/refused.ts'
import { cut } from '../../views/text.ts'
import type { Answer, Said } from '../answer.ts'
import { readCommand } from '../command.ts'
import type { CommandPayload, FilePayload } from '../payloads.ts'
import { inTime } from '../trouble.ts'
import { type House, setupFor } from './house.ts'
import { showReport } from './report.ts'
import { openSetup } from './setup.ts'

export async function onCommand(house: House, payload: CommandPayload, answer: Answer): Promise<void> {
  const asked = readCommand(payload.text)
  switch (asked.kind) {
    case 'help':
      return answer.say(help())
    case 'file':
      await answer.ack()
      return openFiling(house, answer, payload.user_id, asked)
    case 'setup':
      return openSetup(house, answer, payload.user_id)
    case 'show':
      return showCard(house, answer, asked.number, payload.user_id)
    case 'report':
      return showReport(house, answer, payload.user_id, asked.of)
    case 'list':
    case 'find': {
      const query =
        asked.kind === 'list' ? `list ${asked.which}`.trim() : `find ${[...asked.text].slice(0, QUERY).join('')}`
      return answer.say(await inTime(listFor(house, payload.user_id, query, 0)))
    }
  }
}

/** Characters of a query: it travels in a button's value, which holds 2,000 at most. */
const QUERY = 200

interface Filing {
  readonly customer?: string
  readonly words?: string
}

export async function openFiling(
  house: House,
  answer: Answer,
  person: string,
  { customer, words }: Filing,
  source: Parameters<typeof fileModal>[0]['source'] = null,
  files: readonly FilePayload[] = [],
): Promise<void> {
  const [refusal, setup] = await Promise.all([house.operations.turnsAway(person), setupFor(house)])
  if (refusal) return answer.refuse([refusal])
  if (!setup) return answer.refuse([{ kind: 'not-set-up' }])
  const prefill = { ...(customer ? { customer } : {}), ...(words ? { words } : {}) }
  await answer.open(
    fileModal({
      setup,
      now: house.clock(),
      prefill,
      source,
      files: files.map(({ id, name, title }) => ({ id, name: name || title || id })),
    }),
  )
}

export async function showCard(house: House, answer: Answer, number: number, person: string): Promise<void> {
  const look = await inTime(house.operations.lookAt(number, person))
  if (!look.ok) return answer.refuse(look.refusals)
  const { complaint, setup, showContact, customer, duplicates } = look
  await answer.say(card(complaint, { setup, now: house.clock(), showContact, customer, duplicates }))
}

/** A page of what `list …` or `find …` finds, or of what stands behind a figure; pages count from 0. */
export async function listFor(house: House, person: string, query: string, page: number): Promise<Said> {
  const [refusal, setup] = await Promise.all([house.operations.turnsAway(person), house.operations.setup()])
  if (refusal) return refused(sentence(refusal))
  if (!setup) return refused(sentence({ kind: 'not-set-up' }))
  const now = house.clock()
  const named = (rows: readonly ListedComplaint[]) =>
    rows.map((row) => ({ ...row, department: departmentOf(setup, row.department)?.name ?? row.department }))
  const finding = /^find ([\s\S]+)$/.exec(query)?.[1]
  if (finding !== undefined) {
    const found = await house.operations.find(finding, page, person)
    return list({
      title: `Complaints with "${finding}"`,
      query,
      page,
      now,
      rows: named(found.rows),
      hasMore: found.more,
    })
  }
  const behind = behindOf(query)
  if (behind) {
    const { rows, more, total } = await house.operations.listBehind(behind, page, person)
    const title = behindTitle(behind, setup)
    return list({ title, query, page, now, rows: named(rows), hasMore: more, total, empty: 'There are none by now.' })
  }
  const overdue = overdueActionsOf(query)
  if (overdue) {
    const { rows, more, total } = await house.operations.listOverdueActions(overdue, page, person)
    return actionList({ overdue, setup, query, page, now, rows, hasMore: more, total })
  }
  const which = query.replace(/^list\s*/, '')
  const filter = filterOf(which, setup, person, now)
  if (!filter) {
    const names = setup.departments.map((department) => department.name)
    return notThere(
      `There is no list "${cut(which, 100)}". There are: list, list mine, list overdue, and list with a department: ${names.join(', ')}.`,
    )
  }
  const found = await house.operations.listOpen(filter, page, person)
  const { rows, more, total } = found
  return list({ title: titleOf(filter, setup), query, page, now, rows: named(rows), hasMore: more, total })
}

function filterOf(which: string, setup: Setup, person: string, now: Date): OpenFilter | null {
  const wanted = which.toLowerCase()
  if (wanted === '') return { kind: 'all' }
  if (wanted === 'mine') return { kind: 'mine', person }
  if (wanted === 'overdue') return { kind: 'overdue', now }
  const department = setup.departments.find(({ key, name }) => key === wanted || name.toLowerCase() === wanted)
  return department ? { kind: 'department', key: department.key } : null
}

function titleOf(filter: OpenFilter, setup: Setup): string {
  switch (filter.kind) {
    case 'all':
      return 'Open complaints'
    case 'mine':
      return 'Open complaints that you own'
    case 'overdue':
      return 'Overdue complaints'
    case 'department':
      return `Open complaints in ${setup.departments.find(({ key }) => key === filter.key)?.name ?? filter.key}`
  }
}

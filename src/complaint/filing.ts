import type { Filing } from './commands.ts'
import { type Change, Draft, fullWords, type Situation } from './decision.ts'
import { attach, checkFiles } from './evidence.ts'
import { ladderFrom } from './ladder.ts'
import { checkPromise, REACH, withPromise } from './promising.ts'
import type { Refusal } from './refusals.ts'
import { mayNotAct } from './roles.ts'
import { departmentOf } from './setup.ts'
import { plus } from './time.ts'
import type { OpenComplaint } from './types.ts'
import { callWarRoom, isWarRoomDue } from './warRoom.ts'
import { checkReport } from './words.ts'

/** Every fault of what was filed, or an empty list. */
export function checkFiling(filing: Filing, situation: Situation): Refusal[] {
  const { now, setup, asker } = situation
  const stranger = asker && mayNotAct(asker)
  if (stranger) return [stranger]
  const faults: Refusal[] = checkReport(filing.report)
  if (!departmentOf(setup, filing.department)) faults.push({ kind: 'unknown-department', field: 'department' })
  if (filing.toldAt > now) faults.push({ kind: 'told-in-future', field: 'toldAt' })
  if (filing.toldAt < plus(now, -REACH)) faults.push({ kind: 'told-too-long-ago', field: 'toldAt' })
  const promise = checkPromise(filing.promisedBy, now)
  if (promise) faults.push(promise)
  faults.push(...checkFiles(filing.files, setup.policy))
  return faults
}

/**
 * A new complaint, from a filing without faults. Both clocks start: the response deadline runs from the moment the customer
 * told us, and the reminders that would lie before now are not sent.
 */
export function fileComplaint(filing: Filing, number: number, { now, setup }: Situation): Change {
  const complaint: OpenComplaint = {
    number,
    status: 'open',
    owner: null,
    closeOut: null,
    ladder: ladderFrom(now),
    silence: null,
    report: filing.report,
    department: filing.department,
    handOvers: 0,
    settling: null,
    reporter: filing.reporter,
    toldAt: filing.toldAt,
    filedAt: now,
    policy: setup.policy,
    source: filing.source,
    duplicateOf: null,
    ownedAt: null,
    levels: {},
    responses: [
      {
        seq: 1,
        startedAt: filing.toldAt,
        dueAt: plus(filing.toldAt, setup.policy.response),
        remindedTo: now,
        companyToldAt: null,
        state: 'running',
        endedAt: null,
        withPart: null,
      },
    ],
    promises: withPromise([], filing.reporter, filing.promisedBy, now),
    callbacks: [],
    visits: [],
    makeGoods: [],
    warRooms: [],
    confidential: null,
    actions: [],
    evidence: [],
    edits: 0,
    reopens: 0,
    reopenedAt: null,
    erasedAt: null,
    entries: 0,
  }
  const draft = new Draft(complaint, now, filing.reporter)
  draft.record(
    { kind: 'filed', feeling: filing.report.feeling, promisedFor: filing.promisedBy.toISOString(), promise: 1 },
    (entry) => [
      ...fullWords(filing.report),
      { kind: 'thanks' },
      ...(filing.source ? [{ kind: 'source', entry } as const] : []),
    ],
  )
  const about = { by: filing.reporter, now }
  attach(draft, filing.filesOfMessage, { origin: 'message', ...about })
  attach(draft, filing.files, { origin: 'filing', ...about })
  if (isWarRoomDue(complaint)) callWarRoom(draft, now)
  return {
    complaint: draft.complaint,
    entries: draft.entries,
    messages: [{ kind: 'card', home: filing.department }, ...draft.messages],
  }
}

import { runningClock } from '../complaint/clocks.ts'
import { actionOf, isInQuestion, isOpen } from '../complaint/correcting.ts'
import { CLOCKS } from '../complaint/events.ts'
import type { Complaint } from '../complaint/types.ts'
import type { Tx } from '../store/database.ts'
import {
  type About,
  readReminders,
  withdrawAction,
  withdrawActionQuestion,
  withdrawCalls,
  withdrawQuestion,
  withdrawReminders,
  withdrawSettling,
} from '../store/outbox.ts'

/**
 * Takes back what asks for something that is no longer needed after a change: clocks, ladders, questions and corrective actions
 * that ended take their messages along. Returns those that stand in Slack already and are to be marked done.
 */
export async function takeBack(
  tx: Tx,
  workspace: string,
  of: About,
  before: Complaint,
  after: Complaint,
): Promise<number[]> {
  const over: number[] = []
  for (const name of CLOCKS) {
    const old = runningClock(before, name)
    const runsOn = old && runningClock(after, name)?.seq === old.seq
    // What stands in the thread of another department's card names who to call back, which is not for them any more.
    if (!old || (runsOn && after.department === before.department)) continue
    over.push(...(await (runsOn ? readReminders : withdrawReminders)(tx, workspace, of, name, old.seq)))
  }
  const ladder = before.ladder?.startedAt
  if (ladder && after.ladder?.startedAt.getTime() !== ladder.getTime())
    over.push(...(await withdrawCalls(tx, workspace, of, ladder)))
  if (before.settling && after.settling?.entry !== before.settling.entry)
    over.push(...(await withdrawSettling(tx, workspace, of, before.settling.entry)))
  const asked = before.silence?.askedAt
  if (asked && after.silence?.askedAt?.getTime() !== asked.getTime())
    over.push(...(await withdrawQuestion(tx, workspace, of, asked)))
  for (const action of before.actions) {
    const now = actionOf(after, action.seq) ?? action
    if (isOpen(action) && !isOpen(now)) over.push(...(await withdrawAction(tx, workspace, of, action.seq)))
    if (isInQuestion(action) && !isInQuestion(now))
      over.push(...(await withdrawActionQuestion(tx, workspace, of, action.seq)))
  }
  return over
}

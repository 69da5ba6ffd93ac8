import { COMPANY_AFTER, newestReminder, remindedTo, remindingOf, runningClock } from './clocks.ts'
import type { Command } from './commands.ts'
import { remindOfActions } from './correcting.ts'
import { type Decision, Draft, replaced, type Situation } from './decision.ts'
import { CLOCKS, type ClockName, type TimelineEvent } from './events.ts'
import { climb } from './ladder.ts'
import { askNextApprovers } from './makingGood.ts'
import { tellEta } from './replanning.ts'
import { hoursOf } from './setup.ts'
import { breakSilence } from './silence.ts'
import type { Clock, Complaint } from './types.ts'

function putClock(draft: Draft, name: ClockName, clock: Clock): void {
  const { responses, promises } = draft.complaint
  if (name === 'response') {
    const old = responses.find((response) => response.seq === clock.seq)
    if (old) draft.set({ responses: replaced(responses, { ...old, ...clock }) })
  } else {
    const old = promises.find((promise) => promise.seq === clock.seq)
    if (old) draft.set({ promises: replaced(promises, { ...old, ...clock }) })
  }
}

/** What the clock does: reminds, asks a silent owner, calls whoever can take what nobody owns, and asks after who has not arrived. */
export function remind(
  complaint: Complaint,
  { absent = {} }: Extract<Command, { kind: 'remind' }>,
  situation: Situation,
): Decision {
  const draft = new Draft(complaint, situation.now, null)
  if (complaint.duplicateOf === null) {
    remindOfClocks(draft, situation)
    breakSilence(draft, situation, absent)
    climb(draft, situation, absent)
    tellEta(draft, situation.now)
  }
  remindOfActions(draft, situation)
  askNextApprovers(draft, situation, absent)
  return draft.done(draft.entries.some(({ event }) => changesCard(event)) ? 'redraw' : 'same card')
}

/** Sends the newest reminder of each running clock that fell due since the last look, and skips the older ones. */
function remindOfClocks(draft: Draft, { now, setup }: Situation): void {
  const { complaint } = draft
  const hours = hoursOf(setup, complaint.department)
  for (const name of CLOCKS) {
    const clock = runningClock(complaint, name)
    if (!clock) continue
    const offset = newestReminder(clock, remindingOf(complaint, name, clock, hours), now)
    if (offset === null) continue
    const company = offset >= COMPANY_AFTER && clock.companyToldAt === null
    putClock(draft, name, {
      ...clock,
      remindedTo: remindedTo(clock, offset, now),
      companyToldAt: company ? now : clock.companyToldAt,
    })
    const told = { clock: name, seq: clock.seq, offset }
    draft.record({ kind: 'reminded', ...told, company }, () => [
      { kind: 'reminder', ...told },
      ...(company ? [{ kind: 'company-reminder', ...told } as const] : []),
    ])
  }
}

/** The card says "overdue" from the first reminder that is not a warning, and of the ladder everything. */
const changesCard = (event: TimelineEvent): boolean =>
  event.kind === 'reminded' ? event.offset >= 0 : event.kind !== 'asked' && event.kind !== 'action-reminded'

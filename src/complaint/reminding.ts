import { isWorking, onCallAt } from './calendar.ts'
import { COMPANY_AFTER, newestReminder, remindedTo, remindingOf, runningClock } from './clocks.ts'
import { type Decision, Draft, replaced, type Situation } from './decision.ts'
import { CLOCKS, type ClockName, type TimelineEvent } from './events.ts'
import { tellEta } from './replanning.ts'
import { hoursOf, type Setup } from './setup.ts'
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

/** Sends the newest reminder of each running clock that fell due since the last look, and skips the older ones. */
export function remind(complaint: Complaint, { now, setup }: Situation): Decision {
  const draft = new Draft(complaint, now, null)
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
  tellEta(draft, now)
  return draft.done(draft.entries.some((entry) => changesCard(entry.event)) ? 'redraw' : 'same card')
}

/** The card says "overdue" from the first reminder that is not a warning. */
const changesCard = (event: TimelineEvent): boolean => (event.kind === 'reminded' ? event.offset >= 0 : true)

/** Who on call is reminded too: of what is critical, while the department is off. Null where there is nobody. */
export function onCallFor({ report, department }: Complaint, setup: Setup, now: Date): string | null {
  const hours = hoursOf(setup, department)
  return report.severity !== 'critical' || isWorking(hours, now) ? null : onCallAt(hours, now)
}

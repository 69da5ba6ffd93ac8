import { runningClock } from '../complaint/clocks.ts'
import { isInQuestion, isOpen } from '../complaint/correcting.ts'
import { isAwaited } from '../complaint/replanning.ts'
import { type Complaint, homeOf } from '../complaint/types.ts'
import type { Message } from '../store/message.ts'

/**
 * The clock runs that is reminded of, the action is not done, nobody owns what somebody is called for, the owner has not
 * answered, nobody has arrived.
 */
export function isTrue(message: Message, complaint: Complaint): boolean {
  switch (message.kind) {
    case 'reminder':
    case 'company-reminder':
      return runningClock(complaint, message.clock)?.seq === message.seq
    case 'call':
      return complaint.ladder?.climbed === message.climbed && isOfLadder(message, complaint)
    case 'company-call':
      return isOfLadder(message, complaint)
    case 'settle-call':
      return complaint.settling?.entry === message.entry
    case 'card':
      return (message.home ?? homeOf(complaint)) === homeOf(complaint)
    case 'briefing':
      return complaint.owner === message.owner
    case 'eta-passed':
      return isAwaited(complaint, message)
    case 'still-on-it':
      return complaint.silence?.askedAt?.toISOString() === message.asked
    case 'action':
    case 'action-reminder':
    case 'action-overdue':
      return complaint.actions.some((action) => action.seq === message.action && isOpen(action))
    case 'action-question':
      return complaint.actions.some((action) => action.seq === message.action && isInQuestion(action))
    default:
      return true
  }
}

const isOfLadder = ({ ladder }: { readonly ladder: string }, complaint: Complaint): boolean =>
  complaint.ladder?.startedAt.toISOString() === ladder

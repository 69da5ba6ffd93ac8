import { departmentOf } from '../complaint/setup.ts'
import type { Message } from '../store/message.ts'
import { actionAgreed, actionOverdue, actionQuestion, actionReminder } from '../views/action.ts'
import { post, type Saying } from './call.ts'

export type ActionMessage = Extract<Message, { readonly action: number }>

/** What is said of a corrective action: to whoever takes it, and of what is overdue to the department where the cause arose. */
export function ofAction(message: ActionMessage, about: Parameters<typeof actionAgreed>[0] & { now: Date }): Saying {
  const { action, setup } = about
  switch (message.kind) {
    case 'action':
      return post(action.takenBy, actionAgreed(about))
    case 'action-reminder':
      return post(action.takenBy, actionReminder({ ...about, offset: message.offset }))
    case 'action-question':
      return post(action.takenBy, actionQuestion(about))
    case 'action-overdue': {
      const { channel } = departmentOf(setup, action.origin) ?? { channel: setup.channels.company }
      return post(channel, actionOverdue({ ...about, offset: message.offset }))
    }
  }
}

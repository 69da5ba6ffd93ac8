import { describe, expect, it } from 'vitest'
import { DAY, HOUR, plus } from '../../src/complaint/time.ts'
import type { CorrectiveAction } from '../../src/complaint/types.ts'
import { checkView, firedMentions } from '../../src/sandbox/limits.ts'
import {
  actionAgreed,
  actionOverdue,
  actionQuestion,
  actionReminder,
  actionSettled,
  ofComplaint,
} from '../../src/views/action.ts'
import { finishActionModal, recurrenceModal } from '../../src/views/actionModals.ts'
import { card } from '../../src/views/card.ts'
import { ending } from '../../src/views/ending.ts'
import { line } from '../../src/views/line.ts'
import { actionRefFrom } from '../../src/views/metadata.ts'
import { originTold } from '../../src/views/originTold.ts'
import {
  ACTION,
  answer,
  become,
  CARD_LINK,
  causeAgain,
  close,
  expectSound,
  filed,
  finish,
  lastOf,
  NOW,
  own,
  SETUP,
  type Story,
} from './samples.ts'

const agreed = become(filed(), own, close('Sent the right valve', ACTION))
const done = become(agreed, { command: finish(), at: plus(NOW, 24 * HOUR) })
const asked = become(done, { command: causeAgain, at: plus(NOW, 40 * HOUR) })
const answered = become(asked, { command: answer(), at: plus(NOW, 41 * HOUR) })
const again = become(asked, { command: answer({ ...ACTION, whyNone: null }), at: plus(NOW, 41 * HOUR) })

const about = ({ complaint }: Story) => {
  const [action] = complaint.actions as [CorrectiveAction]
  return { source: ofComplaint(complaint), action, setup: SETUP, cardLink: CARD_LINK }
}
const timed = (offset: number) => {
  const told = about(agreed)
  return { ...told, offset, now: plus(told.action.dueAt, offset + 10_000) }
}

describe('what is said of a corrective action', () => {
  it.each([
    ['agreed', actionAgreed(about(agreed))],
    ['a day before', actionReminder(timed(-DAY))],
    ['when it is due', actionReminder(timed(0))],
    ['two days over', actionReminder(timed(2 * DAY))],
    ['to the lead', actionOverdue(timed(DAY))],
    ['did it work?', actionQuestion(about(asked))],
    ['done', actionSettled(about(done), 'action')],
    ['answered', actionSettled(about(answered), 'action-question')],
    ['answered with another', actionSettled(about(again), 'action-question')],
  ])('%s', (_, message) => {
    expectSound(message)
    expect(message.text).toMatchSnapshot()
  })

  it('rings whoever takes it, and of what is overdue the lead', () => {
    expect(firedMentions({ text: actionReminder(timed(DAY)).text })).toEqual(['<@U0GOES>'])
    expect(firedMentions({ text: actionOverdue(timed(DAY)).text }).sort()).toEqual(['<@U0GOES>', '<@U0LEAD>'])
    expect(firedMentions(actionSettled(about(done), 'action'))).toEqual([])
  })

  it.each<[string, Story]>([
    ['agreed', agreed],
    ['done', done],
    ['asked', asked],
    ['answered', answered],
    ['answered with another', again],
  ])('in the thread and on the card: %s', (_, story) => {
    const told = line(lastOf(story), story.complaint, { setup: SETUP })
    const drawn = card(story.complaint, { setup: SETUP, now: NOW, showContact: true })
    expectSound(told)
    expectSound(drawn)
    expect([told.text, drawn.text.slice(drawn.text.indexOf('What was done'))]).toMatchSnapshot()
  })

  it('the origin department and the reporter hear what is to change, or why nothing has to', () => {
    for (const story of [agreed, become(filed(), own, close())]) {
      const closing = story.entries.find(({ event }) => event.kind === 'closed') ?? lastOf(story)
      const { complaint } = story
      for (const told of [originTold, ending])
        expect(told(complaint, closing, { setup: SETUP, cardLink: CARD_LINK }).text).toMatch(
          /Corrective action, taken by <@U0GOES>|Why no corrective action is needed\nIt was a single piece/,
        )
    }
  })

  it('its forms say which it is', () => {
    for (const view of [finishActionModal, recurrenceModal].map((modalOf) =>
      modalOf(ofComplaint(asked.complaint), about(asked).action),
    )) {
      expect(checkView(view)).toEqual([])
      expect(actionRefFrom(view.private_metadata ?? '')).toEqual({ complaint: 142, action: 1 })
      expect(view).toMatchSnapshot()
    }
  })
})

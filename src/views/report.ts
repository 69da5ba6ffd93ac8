import type { FiguresPair } from '../complaint/figures.ts'
import { actions, button, type Message, message, section } from './blocks.ts'
import { digest, type Told } from './digest.ts'
import { ACTIONS } from './ids.ts'
import type { ReportMetadata } from './metadata.ts'

/** The period so far, for one person's eyes. Pictures are uploaded for messages that stay: they come with the details. */
export function report(figures: FiguresPair, told: Omit<Told, 'isSoFar' | 'pictures' | 'costs'>): Message {
  const { text, blocks } = digest(figures, { ...told, costs: null, isSoFar: true })
  const asked: ReportMetadata = { span: figures.span, department: told.department?.key ?? null, at: figures.to }
  return {
    text,
    blocks: [...blocks, actions(button('Send me all of it', ACTIONS.sendReport, JSON.stringify(asked)))],
  }
}

export const reportSent = (): Message =>
  message([
    section('It is on its way to your messages with me: the same with its pictures, and every figure in its thread.'),
  ])

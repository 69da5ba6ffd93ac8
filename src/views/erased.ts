import { type Message, message } from './blocks.ts'
import { para, rich, t } from './rich.ts'

/** In the place of a message that would say nothing without the words that were erased. */
export const erased = (): Message => message([rich(para(t('What was written here was erased.')))])

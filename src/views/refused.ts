import { type Message, message, section } from './blocks.ts'
import { escapedWithin } from './text.ts'

/** To the person alone: why it was not done, and what to do. The sentence may mention the owner. */
export const refused = (sentence: string): Message => message([section(sentence)])

/** What was pressed names a department that the newer configuration no longer has. */
export const DEPARTMENT_LEFT = 'That department has left the configuration meanwhile.'

/** The same of something that was typed, beside what there is: a hundred departments have long names together. */
export const notThere = (sentence: string): Message => refused(escapedWithin(sentence, 3_000))

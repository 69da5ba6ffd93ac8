import { type Message, message, section } from './blocks.ts'

/** To the person alone: why it was not done, and what to do. The sentence may mention the owner. */
export const refused = (sentence: string): Message => message([section(sentence)])

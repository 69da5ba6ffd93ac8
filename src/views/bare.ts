import type { Complaint } from '../complaint/types.ts'
import { type Message, message, section } from './blocks.ts'

/** What everybody may know of a confidential complaint. */
export const bare = ({ number }: Pick<Complaint, 'number'>, news = ''): Message =>
  message([section(`*#${number}* is confidential${news}; those it concerns are told.`)])

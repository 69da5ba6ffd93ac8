import type { Level } from '../complaint/setup.ts'
import { type Message, message, section } from './blocks.ts'
import { escaped, oneLine } from './text.ts'

/** To whoever raised it. */
export const raised = (number: number, level: Level | null): Message =>
  message([section(`#${number} is raised${level ? `: ${escaped(oneLine(level.name))} is called` : ''}.`)])

import { randomBytes } from 'node:crypto'
import { pino } from 'pino'
import { reasonOf } from './reason.ts'

/** Lines are JSON on standard output. They hold ids, codes, counts and durations (ms); never people's words, names or tokens. */
export type Log = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

export const makeLog = (level: string, destination: { write(line: string): void } = process.stdout): Log =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  )

/** Something a person can read out and the log holds, too: six letters and digits that can't be mistaken. */
export function newReference(): string {
  const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
  return [...randomBytes(6)].map((byte) => letters[byte % letters.length]).join('')
}

/** What of an unexpected error may be logged: a message may quote what was in a row, or in Slack's answer. */
export function fault(error: unknown): { reason: string; at: string[] } {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const at = stack.split('\n').filter((row) => /^\s+at /.test(row))
  return { reason: reasonOf(error), at: at.slice(0, 8).map((row) => row.trim()) }
}

const LIBRARY_LEVELS = { debug: 'debug', info: 'debug', warn: 'warn', error: 'error' } as const

/** Bolt's and web-api's own lines, with what they may quote left out: which library, which level, the error's code. */
export function libraryLog(log: Log, library: string) {
  const write =
    (level: keyof typeof LIBRARY_LEVELS) =>
    (...message: unknown[]) => {
      const code = message.map(reasonOf).find((reason) => reason !== 'unknown')
      log[LIBRARY_LEVELS[level]]({ library, ...(code ? { reason: code } : {}) }, `a line of ${library}`)
    }
  return {
    // Slack's debug lines spell out payloads and answers.
    debug: () => {},
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => 'info' as never,
    setName: () => {},
  }
}

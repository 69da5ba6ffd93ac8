import { reasonOf } from '../reason.ts'

/** Slack waits 3 s for an answer; what takes longer here is answered with "not now". Milliseconds. */
const PATIENCE = 2_500

class TooSlow extends Error {
  readonly code = 'TOO_SLOW'
}

/** Rejects where `work` takes longer than Slack waits. The work goes on: a form sent again finds what it did. */
export async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooSlow()), PATIENCE)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const UNREACHABLE =
  /^(TOO_SLOW|ECONN\w*|CONNECT\w*|CONNECTION_\w*|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN|08\w{3}|28\w{3}|53\w{3}|57P0\d|57014|25006|25P0\d|3D000|55000)$/

/** The database can't be reached, or not in time: it passes, and nothing is wrong with what was asked. */
export const isUnreachable = (error: unknown): boolean => UNREACHABLE.test(reasonOf(error))

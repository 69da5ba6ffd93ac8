import type { Json } from '../json.ts'
import type { Deed, DemoState, Done, Skip, SwitchFault, Traffic, Upload } from './contract.ts'

/** The demo's server is gone, or does not understand: words for the person at the page. */
const GONE = 'The demo does not answer. Is "npm run demo" still running?'

export class Unanswered extends Error {}

async function call<Answer>(path: string, body?: unknown): Promise<Answer> {
  let answer: Response
  try {
    answer = await fetch(
      path,
      body === undefined
        ? {}
        : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    )
  } catch {
    throw new Unanswered(GONE)
  }
  if (!answer.ok) {
    const { error = '' } = (await answer.json().catch(() => ({}))) as { error?: string }
    throw new Unanswered(error || `The demo answered ${answer.status}.`)
  }
  return (await answer.json()) as Answer
}

export function fetchState(as: string, channel: string): Promise<DemoState> {
  return call(`/demo/state?${new URLSearchParams({ as, channel })}`)
}

/** What keeps it from being done is said in `error`, whoever is at fault. */
export async function perform(deed: Deed): Promise<Done> {
  try {
    return await call<Done>('/demo/do', deed)
  } catch (cause) {
    return { error: cause instanceof Error ? cause.message : GONE }
  }
}

/** Hands a file over. Slack's facts about it come back. */
export async function upload(file: File, about: Omit<Upload, 'name' | 'content'>): Promise<Json> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const parts: string[] = []
  // Not all at once: a call takes no more than so many arguments.
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)))
  return call('/demo/files', { ...about, name: file.name, content: btoa(parts.join('')) } satisfies Upload)
}

export const skip = (by: Skip['by']): Promise<{ now: string }> => call('/demo/clock', { by } satisfies Skip)

export const switchFault = (change: SwitchFault): Promise<unknown> => call('/demo/faults', change)

export const fetchTraffic = (): Promise<Traffic[]> => call('/demo/traffic')

/** Calls `changed` whenever there is something new, and when the line is back after it broke. */
export function onChanges(changed: () => void, isUp: (up: boolean) => void): () => void {
  const source = new EventSource('/demo/changes')
  source.addEventListener('changed', changed)
  source.addEventListener('open', () => {
    isUp(true)
    changed()
  })
  source.addEventListener('error', () => isUp(false))
  return () => source.close()
}

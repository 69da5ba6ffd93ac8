import type { PlainTextOption } from '@slack/types'
import type { RootCause, Setup } from '../complaint/setup.ts'
import { option } from './inputs.ts'
import { oneLine } from './text.ts'

/** Longest list that Slack takes. */
const MOST = 100
/** Deepest level under which a root cause can still stand. */
const DEEPEST_PARENT = 4

/** A root cause with the names above it. */
export interface PlacedCause {
  readonly cause: RootCause
  readonly above: readonly string[]
}

/** All root causes, parents first. */
export const placedCauses = (causes: readonly RootCause[], above: readonly string[] = []): PlacedCause[] =>
  causes.flatMap((cause) => [{ cause, above }, ...placedCauses(cause.children, [...above, cause.name])])

/** Under which a root cause may stand: not under itself, nor under what says where it arises. */
export const causeOptions = (setup: Setup, itself: string | null): PlainTextOption[] =>
  placedCauses(withoutIt(setup.rootCauses, itself))
    .filter(({ cause, above }) => cause.origin === null && above.length < DEEPEST_PARENT)
    .map(({ cause, above }) => option(oneLine(pathOf(cause.name, above)), cause.key))

/** The name first: of a long path the end is cut. */
const pathOf = (name: string, above: readonly string[]): string =>
  above.length === 0 ? name : `${name} (${above.join(' › ')})`

const withoutIt = (causes: readonly RootCause[], key: string | null): RootCause[] =>
  causes.filter((cause) => cause.key !== key).map((cause) => ({ ...cause, children: withoutIt(cause.children, key) }))

export const allDepartmentOptions = (setup: Setup): PlainTextOption[] =>
  setup.departments.map(({ name, key }) => option(oneLine(name), key))

/** Every root cause. */
export const allCauseOptions = (setup: Setup): PlainTextOption[] =>
  placedCauses(setup.rootCauses).map(({ cause, above }) => option(oneLine(pathOf(cause.name, above)), cause.key))

/** The answer to what was typed: those that match. */
export function searched(options: readonly PlainTextOption[], typed: string) {
  const wanted = typed.trim().toLowerCase()
  const found = options.filter(({ text, value }) => `${text.text} ${value ?? ''}`.toLowerCase().includes(wanted))
  return { options: found.slice(0, MOST) }
}

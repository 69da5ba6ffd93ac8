import { createContext } from 'preact'
import { useContext, useEffect, useState } from 'preact/hooks'
import type { Deed, DemoChannel, DemoState, DemoUser, Done } from './contract.ts'
import type { Kept } from './kept.ts'
import type { Place } from './place.ts'

type WithoutActor<D> = D extends unknown ? Omit<D, 'as'> : never
/** What the person at the page does; who that is is added. */
export type OwnDeed = WithoutActor<Deed>

/** What every part of the page needs. */
export interface Demo {
  readonly state: DemoState
  readonly as: string
  /** The workspace's clock, ticking. */
  readonly now: Date
  readonly place: Place
  go(place: Place): void
  /** Does it and asks for the new state; what went wrong stands at `where` until the next try there. */
  perform(deed: OwnDeed, where?: string): Promise<Done>
  noticeAt(where: string): string | null
  note(where: string, words: string | null): void
  /** Unsent words and unsubmitted entries; they outlive refreshes. */
  readonly kept: Kept
}

export const DemoContext = createContext<Demo | null>(null)

export function useDemo(): Demo {
  const demo = useContext(DemoContext)
  if (!demo) throw new Error('There is no demo around this')
  return demo
}

/** Draws again whenever something was typed or entered: only those need it who show it. */
export function useKept(): Kept {
  const { kept } = useDemo()
  const [, redraw] = useState(0)
  useEffect(() => kept.subscribe(() => redraw((n) => n + 1)), [kept])
  return kept
}

export const userOf = ({ users }: DemoState, id: string): DemoUser | undefined => users.find((user) => user.id === id)

export const appOf = ({ users }: DemoState): DemoUser | undefined => users.find((user) => user.isBot)

/** The app's "Messages": the acting person's conversation with it. */
export function appChannel(state: DemoState): DemoChannel | undefined {
  const app = appOf(state)
  return state.channels.find(({ kind, name }) => kind === 'dm' && (name === app?.realName || name === app?.name))
}

export const channelLabel = ({ kind, name }: DemoChannel): string => (kind === 'channel' ? `#${name}` : name)

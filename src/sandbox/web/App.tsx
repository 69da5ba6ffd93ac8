import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { fetchState, onChanges, perform as performAs, skip } from './api.ts'
import type { Deed, DemoState, Skip } from './contract.ts'
import { appOf, channelLabel, type Demo, DemoContext, type OwnDeed } from './demo.ts'
import { Kept } from './kept.ts'
import { Channel, Thread } from './parts/Channel.tsx'
import { Home } from './parts/Home.tsx'
import { Modals } from './parts/Modals.tsx'
import { Panel } from './parts/Panel.tsx'
import { Sidebar } from './parts/Sidebar.tsx'
import { TopBar } from './parts/TopBar.tsx'
import { hashOf, type Place, placeOf } from './place.ts'
import { useTheme } from './theme.ts'
import { Unread } from './unread.ts'

const ACTOR_KEY = 'amends-demo-as'
/** The clock on the page is drawn again this often. */
const TICK_MS = 10_000
/** Changes that come together are fetched together; and no more than a third of the time goes into fetching. */
const BURST_MS = 60
const REST = 2

/** Redraws; the things that are redrawn are changed in place. */
function useRedraw(): () => void {
  const [, set] = useState(0)
  return useCallback(() => set((n) => n + 1), [])
}

function titleOf(state: DemoState, place: Place): string {
  const channel = place.kind === 'channel' ? state.channels.find(({ id }) => id === place.channel) : undefined
  return `${channel ? channelLabel(channel) : (appOf(state)?.realName ?? 'Home')} · ${state.team}`
}

function Preparing({ team, done, of }: { team: string; done: number; of: number }) {
  return (
    <div class="preparing">
      <label for="preparing">The last four weeks at {team} are being played. What you do waits until then.</label>
      <progress id="preparing" value={done} max={of} />
    </div>
  )
}

export function App() {
  const redraw = useRedraw()
  const kept = useMemo(() => new Kept(), [])
  const [as, setAs] = useState(() => sessionStorage.getItem(ACTOR_KEY) ?? '')
  const [place, setPlace] = useState<Place | null>(() => placeOf(location.hash))
  const [state, setState] = useState<DemoState | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [isUp, setUp] = useState(true)
  const [notices, setNotices] = useState<Readonly<Record<string, string>>>({})
  const [isPanelOpen, setPanelOpen] = useState(false)
  const [isSidebarOpen, setSidebarOpen] = useState(false)
  const [isDark, toggleTheme] = useTheme()
  const [tick, setTick] = useState(0)
  const unread = useRef<Unread | null>(null)
  /** When the state came, by this browser's own clock. */
  const cameAt = useRef(0)
  const took = useRef(0)
  /** Of whom and what the state is asked for; newer than what an answer under way was asked for. */
  const wanted = useRef({ as, channel: '' })
  wanted.current = { as, channel: place?.kind === 'channel' ? place.channel : '' }
  const asking = useRef<Promise<void> | null>(null)
  const again = useRef(false)

  /** Asks for the state; while an answer is under way, once more after it. */
  const refresh = useCallback((): Promise<void> => {
    if (asking.current) {
      again.current = true
      return asking.current
    }
    const ask = async () => {
      do {
        again.current = false
        const asked = wanted.current
        const began = performance.now()
        try {
          const came = await fetchState(asked.as, asked.channel)
          if (asked.as !== wanted.current.as || asked.channel !== wanted.current.channel) {
            again.current = true
            continue
          }
          // While the past is being played, the clock is in it: nothing of that is new.
          if (!came.preparing) unread.current ??= new Unread(came)
          kept.prune([...came.modals, ...(came.home ? [came.home] : [])], asked.as)
          cameAt.current = performance.now()
          took.current = cameAt.current - began
          setState(came)
          setTrouble(null)
        } catch (cause) {
          setTrouble(cause instanceof Error ? cause.message : String(cause))
        }
      } while (again.current)
      asking.current = null
    }
    asking.current = ask()
    return asking.current
  }, [kept])

  const channel = place?.kind === 'channel' ? place.channel : ''
  // Asked again for another person or channel.
  useEffect(() => {
    void refresh()
  }, [as, channel, refresh])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    // Changes come in bursts.
    const soon = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined
          void refresh()
        },
        BURST_MS + REST * took.current,
      )
    }
    const stop = onChanges(soon, setUp)
    return () => {
      stop()
      clearTimeout(timer)
    }
  }, [refresh])

  useEffect(() => {
    const follow = () => setPlace(placeOf(location.hash))
    addEventListener('popstate', follow)
    const timer = setInterval(() => setTick((n) => n + 1), TICK_MS)
    return () => {
      removeEventListener('popstate', follow)
      clearInterval(timer)
    }
  }, [])

  // Nobody and nowhere yet: the first of each.
  useEffect(() => {
    if (!state) return
    const isKnown = state.users.some(({ id, isBot }) => id === as && !isBot)
    if (!isKnown) setAs(state.users.find(({ isBot }) => !isBot)?.id ?? '')
    const first = state.channels.find(({ kind, isArchived }) => kind === 'channel' && !isArchived)
    if (!place && first) setPlace({ kind: 'channel', channel: first.id })
  }, [state, as, place])

  // What is looked at is read.
  useEffect(() => {
    const here = state?.channels.find(({ id }) => id === channel)
    if (here && state?.messages.every((message) => message.channel === channel)) {
      unread.current?.see(as, here)
      redraw()
    }
  }, [state, as, channel, redraw])

  const go = useCallback((next: Place) => {
    history.pushState(null, '', hashOf(next))
    setPlace(next)
    setSidebarOpen((wasOpen) => {
      if (wasOpen) document.querySelector<HTMLElement>('[aria-controls=sidebar]')?.focus()
      return false
    })
  }, [])

  const note = useCallback(
    (where: string, words: string | null) =>
      setNotices(({ [where]: _before, ...rest }) => (words === null ? rest : { ...rest, [where]: words })),
    [],
  )

  // Made anew only for something new: whoever uses it is drawn again then.
  const demo = useMemo((): Demo | null => {
    if (!state || !place || as === '') return null
    return {
      ...{ state, as, place, go, kept, note },
      now: new Date(Date.parse(state.now) + performance.now() - cameAt.current),
      perform: async (deed: OwnDeed, where) => {
        if (where) note(where, null)
        const done = await performAs({ ...deed, as } as Deed)
        if (where && done.error) note(where, done.error)
        if (deed.do !== 'suggest') await refresh()
        return done
      },
      noticeAt: (where) => notices[where] ?? null,
    }
  }, [state, as, place, notices, tick, go, kept, note, refresh])

  const title = state && place ? titleOf(state, place) : 'Amends: the demo'
  useEffect(() => {
    document.title = title
  }, [title])

  if (!demo || !state || !place)
    return (
      <p class="starting" role={trouble ? 'alert' : 'status'}>
        {trouble ?? 'Opening the workspace…'}
      </p>
    )

  const actAs = (user: string) => {
    sessionStorage.setItem(ACTOR_KEY, user)
    setAs(user)
    // Another person's conversations are not theirs.
    if (place.kind === 'channel' && state.channels.find(({ id }) => id === place.channel)?.kind === 'dm')
      go({ kind: 'home' })
  }

  const skipAhead = async (by: Skip['by']) => {
    try {
      await skip(by)
      setTrouble(null)
    } catch (cause) {
      setTrouble(cause instanceof Error ? cause.message : String(cause))
    }
    await refresh()
  }

  const thread = place.kind === 'channel' ? place.thread : undefined
  const layout = ['layout', thread && 'with-thread', isPanelOpen && 'with-panel', isSidebarOpen && 'with-sidebar']
  return (
    <DemoContext.Provider value={demo}>
      <div class={layout.filter(Boolean).join(' ')}>
        <TopBar
          isPanelOpen={isPanelOpen}
          isSidebarOpen={isSidebarOpen}
          isDark={isDark}
          togglePanel={() => setPanelOpen(!isPanelOpen)}
          toggleSidebar={() => setSidebarOpen(!isSidebarOpen)}
          toggleTheme={toggleTheme}
          skip={skipAhead}
        />
        {(trouble || !isUp) && (
          <p class="trouble" role="alert">
            {trouble ?? 'The demo does not answer. The page goes on as soon as it does.'}
          </p>
        )}
        {state.preparing && <Preparing team={state.team} {...state.preparing} />}
        <Sidebar hasUnread={(one) => unread.current?.has(as, one) ?? false} actAs={actAs} />
        {place.kind === 'home' ? <Home /> : <Channel id={place.channel} sought={thread ? undefined : place.message} />}
        {place.kind === 'channel' && thread && <Thread channel={place.channel} ts={thread} sought={place.message} />}
        {isPanelOpen && <Panel close={() => setPanelOpen(false)} />}
        <Modals />
      </div>
    </DemoContext.Provider>
  )
}

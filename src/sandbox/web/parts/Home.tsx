import { useEffect } from 'preact/hooks'
import { appChannel, appOf, useDemo } from '../demo.ts'
import { Notice } from './Notice.tsx'
import { ViewBlocks } from './ViewBlocks.tsx'

/** The app's two faces. */
export function AppTabs({ current }: { current: 'home' | 'messages' }) {
  const { state, go } = useDemo()
  const channel = appChannel(state)
  const tab = (name: 'home' | 'messages', label: string, open: () => void) => (
    <button type="button" aria-current={current === name ? 'page' : undefined} onClick={open}>
      {label}
    </button>
  )
  return (
    <nav class="tabs" aria-label={appOf(state)?.realName ?? 'App'}>
      {tab('home', 'Home', () => go({ kind: 'home' }))}
      {channel && tab('messages', 'Messages', () => go({ kind: 'channel', channel: channel.id }))}
    </nav>
  )
}

/** The app's Home. To look at it tells the app, which draws it then. */
export function Home() {
  const { state, as, perform } = useDemo()
  const app = appOf(state)?.realName ?? 'The app'
  // Once for each person who looks.
  useEffect(() => {
    void perform({ do: 'open-home' }, 'home')
  }, [as])
  return (
    <main class="pane" aria-labelledby="place">
      <header class="pane-head">
        <h1 id="place">{app}</h1>
        <AppTabs current="home" />
      </header>
      <Notice where="home" />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="home" aria-label="Home" tabIndex={0}>
        {state.home && state.home.blocks.length > 0 ? (
          <ViewBlocks key={state.home.id} view={state.home} target={{ in: 'home' }} where="home" errors={{}} />
        ) : (
          <p class="empty">{app} has put nothing here yet.</p>
        )}
      </section>
    </main>
  )
}

import { useState } from 'preact/hooks'
import type { Skip } from '../contract.ts'
import { useDemo } from '../demo.ts'
import { workspaceTime } from '../text/dates.ts'
import { Icon } from './Icon.tsx'

const SKIPS: readonly (readonly [by: Skip['by'], label: string])[] = [
  ['15m', '15 min'],
  ['1h', '1 h'],
  ['4h', '4 h'],
  ['next-deadline', 'Next deadline'],
  ['monday', 'Monday 09:00'],
]

interface Props {
  readonly isPanelOpen: boolean
  readonly isSidebarOpen: boolean
  readonly isDark: boolean
  togglePanel(): void
  toggleSidebar(): void
  toggleTheme(): void
  skip(by: Skip['by']): Promise<void>
}

/** The workspace's clock, and what belongs to the demo alone. */
export function TopBar(props: Props) {
  const { state, now } = useDemo()
  const [skipping, setSkipping] = useState<Skip['by'] | null>(null)
  const skip = async (by: Skip['by']) => {
    if (skipping !== null) return
    setSkipping(by)
    await props.skip(by)
    setSkipping(null)
  }
  return (
    <header class="top">
      <button
        type="button"
        class="quiet narrow-only"
        aria-label="Channels and people"
        aria-expanded={props.isSidebarOpen}
        aria-controls="sidebar"
        onClick={props.toggleSidebar}
      >
        <Icon name="menu" />
      </button>
      <p class="clock">
        <Icon name="clock" />
        <span class="hidden">The workspace's time: </span>
        <time dateTime={now.toISOString()}>{workspaceTime(now, state.timezone)}</time>
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend to be seen */}
      <div class="skips" role="group" aria-label="Skip ahead">
        <span class="note" aria-hidden="true">
          Skip ahead
        </span>
        {SKIPS.map(([by, label]) => (
          <button
            key={by}
            type="button"
            class="chip"
            aria-busy={skipping === by}
            aria-disabled={skipping !== null}
            onClick={() => skip(by)}
          >
            {label}
          </button>
        ))}
      </div>
      <span class="hidden" role="status">
        {skipping === null ? '' : 'Skipping ahead'}
      </span>
      <button
        type="button"
        class="quiet"
        aria-label="Dark theme"
        title="Dark theme"
        aria-pressed={props.isDark}
        onClick={props.toggleTheme}
      >
        <Icon name="moon" />
      </button>
      <button
        type="button"
        class="chip"
        aria-expanded={props.isPanelOpen}
        aria-controls={props.isPanelOpen ? 'faults' : undefined}
        onClick={props.togglePanel}
      >
        <Icon name="pulse" /> <span class="hidden-when-narrow">Faults and traffic</span>
      </button>
    </header>
  )
}

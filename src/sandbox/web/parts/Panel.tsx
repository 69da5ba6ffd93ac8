import { useEffect, useState } from 'preact/hooks'
import { fetchTraffic, switchFault } from '../api.ts'
import type { FaultName, Traffic } from '../contract.ts'
import { useDemo } from '../demo.ts'
import { Icon } from './Icon.tsx'

const FAULTS: readonly (readonly [fault: FaultName, label: string, what: string])[] = [
  ['duplicates', 'Duplicates', 'Everything reaches the app twice.'],
  ['429', '429s', 'Slack asks the app to slow down, every second time.'],
  ['reset', 'Resets', 'Every second message is posted, and the connection breaks before the answer.'],
  ['outage', 'Outage', "Slack can't be reached at all."],
]

/** Outcomes that nobody needs to look at. */
const USUAL = /^(ok|acknowledged|under way|update|push|clear|errors)$/

/** What can go wrong between Slack and the app, and all that passes between them. */
export function Panel({ close }: { close: () => void }) {
  const { state } = useDemo()
  const [traffic, setTraffic] = useState<readonly Traffic[]>([])
  const [trouble, setTrouble] = useState('')

  // With every new state.
  useEffect(() => {
    let isWanted = true
    fetchTraffic().then(
      (found) => isWanted && setTraffic(found),
      (cause: Error) => isWanted && setTrouble(cause.message),
    )
    return () => {
      isWanted = false
    }
  }, [state])

  const toggle = (fault: FaultName, on: boolean) =>
    switchFault({ fault, on }).then(
      () => setTrouble(''),
      (cause: Error) => setTrouble(cause.message),
    )

  return (
    <aside id="faults" class="pane panel" aria-label="Faults and traffic">
      <header class="pane-head">
        <h2>Faults and traffic</h2>
        <button type="button" class="quiet" aria-label="Close panel" title="Close panel" onClick={close}>
          <Icon name="close" />
        </button>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="panel-body" aria-label="Switches and calls" tabIndex={0}>
        {trouble && (
          <p class="error" role="alert">
            {trouble}
          </p>
        )}
        <ul class="switches">
          {FAULTS.map(([fault, label, what]) => (
            <li key={fault}>
              <label>
                <input
                  type="checkbox"
                  role="switch"
                  aria-checked={state.faults.includes(fault)}
                  checked={state.faults.includes(fault)}
                  aria-describedby={`fault-${fault}`}
                  onChange={(event) => toggle(fault, event.currentTarget.checked)}
                />
                {label}
              </label>
              <p id={`fault-${fault}`} class="note">
                {what}
              </p>
            </li>
          ))}
        </ul>
        <h3>Traffic</h3>
        {traffic.length === 0 && <p class="note">Nothing yet.</p>}
        <ol class="traffic" aria-label="Traffic, newest first">
          {traffic.map((one, index) => (
            <li key={index} class={USUAL.test(one.outcome) ? '' : 'odd'}>
              <span class="direction">{one.direction === 'to app' ? '→ app' : '→ Slack'}</span>
              <span class="what">{one.what}</span>
              <span class="note">
                {one.outcome}
                {one.ms === null ? '' : `, ${Math.round(one.ms)} ms`} ·{' '}
                {new Date(one.at).toLocaleTimeString('en-US', {
                  hour: 'numeric',
                  minute: '2-digit',
                  second: '2-digit',
                })}
              </span>
            </li>
          ))}
        </ol>
      </section>
    </aside>
  )
}

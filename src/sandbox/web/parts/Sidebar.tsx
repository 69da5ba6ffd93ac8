import type { DemoChannel } from '../contract.ts'
import { appChannel, appOf, useDemo } from '../demo.ts'
import { hashOf, type Place } from '../place.ts'
import { Avatar } from './Avatar.tsx'

interface Props {
  readonly hasUnread: (channel: DemoChannel) => boolean
  readonly actAs: (user: string) => void
}

/** Who one acts as, the channels, the conversations, the app. */
export function Sidebar({ hasUnread, actAs }: Props) {
  const { state, as } = useDemo()
  const app = appOf(state)
  const apps = appChannel(state)
  const people = state.users.filter(({ isBot }) => !isBot)
  const channels = state.channels.filter(({ kind }) => kind === 'channel')
  const talks = state.channels.filter(({ kind, id }) => kind === 'dm' && id !== apps?.id)
  return (
    <div id="sidebar" class="sidebar">
      <p class="team">{state.team}</p>
      <label class="acting" for="acting-as">
        Acting as
      </label>
      <select id="acting-as" class="select" value={as} onChange={(event) => actAs(event.currentTarget.value)}>
        {people.map(({ id, realName, name, role }) => (
          <option key={id} value={id}>
            {[realName || name, role].filter(Boolean).join(', ')}
          </option>
        ))}
      </select>
      <nav aria-label="Channels">
        <h2>Channels</h2>
        <ul>
          {channels.map((channel) => (
            <Entry
              key={channel.id}
              place={{ kind: 'channel', channel: channel.id }}
              sign={channel.isArchived ? '⊘' : '#'}
              label={channel.name}
              note={channel.isArchived ? 'archived' : null}
              unread={hasUnread(channel)}
            />
          ))}
        </ul>
      </nav>
      {talks.length > 0 && (
        <nav aria-label="Direct messages">
          <h2>Direct messages</h2>
          <ul>
            {talks.map((channel) => (
              <Entry
                key={channel.id}
                place={{ kind: 'channel', channel: channel.id }}
                sign="●"
                label={channel.name}
                unread={hasUnread(channel)}
              />
            ))}
          </ul>
        </nav>
      )}
      <nav aria-label="Apps">
        <h2>Apps</h2>
        <ul>
          <li class="app">
            {app && <Avatar user={app} id={app.id} />}
            <span>{app?.realName ?? 'The app'}</span>
          </li>
          <Entry place={{ kind: 'home' }} sign="" label="Home" />
          {apps && (
            <Entry place={{ kind: 'channel', channel: apps.id }} sign="" label="Messages" unread={hasUnread(apps)} />
          )}
        </ul>
      </nav>
    </div>
  )
}

interface EntryProps {
  readonly place: Place
  readonly sign: string
  readonly label: string
  readonly note?: string | null
  readonly unread?: boolean
}

function Entry({ place, sign, label, note = null, unread = false }: EntryProps) {
  const { place: here, go } = useDemo()
  const isHere =
    place.kind === here.kind && (place.kind === 'home' || (here.kind === 'channel' && place.channel === here.channel))
  return (
    <li>
      <a
        href={hashOf(place)}
        class={unread ? 'unread' : ''}
        aria-current={isHere ? 'page' : undefined}
        onClick={(event) => {
          event.preventDefault()
          go(place)
        }}
      >
        {sign && (
          <span class="sign" aria-hidden="true">
            {sign}
          </span>
        )}
        <span class="label">{label}</span>
        {note && <span class="note"> ({note})</span>}
        {unread && <span class="hidden"> (unread)</span>}
      </a>
    </li>
  )
}

/** What the page shows, kept in the address so that reload and "back" work. */
export type Place =
  | { readonly kind: 'channel'; readonly channel: string; readonly thread?: string; readonly message?: string }
  | { readonly kind: 'home' }

export function hashOf(place: Place): string {
  if (place.kind === 'home') return '#/home'
  const { channel, thread, message } = place
  return `#/${[channel, thread ?? (message ? '-' : null), message].filter((part) => part).join('/')}`
}

export function placeOf(hash: string): Place | null {
  const [channel, thread, message] = hash.replace(/^#\/?/, '').split('/')
  if (!channel) return null
  if (channel === 'home') return { kind: 'home' }
  return {
    ...{ kind: 'channel', channel },
    ...(thread && thread !== '-' ? { thread } : {}),
    ...(message ? { message } : {}),
  }
}

/** A permalink leads to its message on this page; null for any other link. */
export function placeOfLink(url: string): Place | null {
  const found = /\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?(?:\?(.*))?$/.exec(url)
  if (!found) return null
  const [, channel = '', seconds, micros, query] = found
  const message = seconds ? `${seconds}.${micros}` : undefined
  const thread = new URLSearchParams(query).get('thread_ts') ?? undefined
  return {
    ...{ kind: 'channel', channel },
    ...(thread && thread !== message ? { thread } : {}),
    ...(message ? { message } : {}),
  }
}

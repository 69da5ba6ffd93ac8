/** The few that people and apps write most; others stay as they were written. */
const EMOJI: Record<string, string> = {
  '+1': '👍',
  '-1': '👎',
  bell: '🔔',
  bulb: '💡',
  calendar: '📆',
  clap: '👏',
  eyes: '👀',
  fire: '🔥',
  gift: '🎁',
  grin: '😁',
  heart: '❤️',
  hourglass: '⌛',
  memo: '📝',
  package: '📦',
  phone: '☎️',
  point_right: '👉',
  pray: '🙏',
  rotating_light: '🚨',
  slightly_smiling_face: '🙂',
  smile: '😄',
  sob: '😭',
  sweat_smile: '😅',
  tada: '🎉',
  telephone_receiver: '📞',
  thumbsup: '👍',
  truck: '🚚',
  warning: '⚠️',
  wave: '👋',
  white_check_mark: '✅',
  wrench: '🔧',
  x: '❌',
}

export const emojiOf = (name: string): string | undefined => EMOJI[name]

export const withEmoji = (text: string): string =>
  text.replaceAll(/:([a-z0-9_+-]+):/g, (whole, name: string) => EMOJI[name] ?? whole)

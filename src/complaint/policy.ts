import type { Policy } from './setup.ts'
import { DAY, HOUR, MINUTE } from './time.ts'

/** What make-goods are reckoned in where the file is silent. */
export const DEFAULT_CURRENCY = 'USD'

/** What holds where the file is silent: PRODUCT's figures. */
export const DEFAULT_POLICY: Policy = {
  response: 24 * HOUR,
  callback: { normal: 4 * HOUR, serious: 2 * HOUR, critical: HOUR },
  remind: { response: [12 * HOUR, 4 * HOUR, HOUR], callback: [HOUR, 15 * MINUTE], overdueEvery: 4 * HOUR },
  ladder: {
    normal: [15 * MINUTE, 30 * MINUTE, 60 * MINUTE],
    critical: [5 * MINUTE, 10 * MINUTE, 20 * MINUTE],
  },
  silence: { ask: 4 * HOUR, release: 30 * MINUTE },
  flaw: { complaints: 3, within: 14 * DAY },
  action: { remind: [3 * DAY, DAY], overdueEvery: DAY, watch: 30 * DAY },
  handOvers: 3,
  makeGood: { criticalFactor: 2, answer: 30 * MINUTE },
  repeat: { within: 60 * DAY },
  // Slack's own "Vacationing" and "Out sick".
  away: { statuses: [':palm_tree:', ':face_with_thermometer:'], doNotDisturb: true },
  warRoom: { critical: false, people: [] },
  evidence: {
    types: ['jpg', 'jpeg', 'png', 'gif', 'heic', 'webp', 'mp4', 'mov', 'pdf', 'txt', 'csv', 'docx', 'xlsx'],
    maxMegabytes: 50,
  },
  retention: { words: null },
}

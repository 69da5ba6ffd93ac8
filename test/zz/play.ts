import { mkdtempSync } from 'node:fs'
import { STORIES } from '../../src/sandbox/demo/history.ts'
import { runDemo } from '../support/demo.ts'

const who = process.argv.slice(2)
const stories = who.length ? STORIES.filter((s) => who.some((w) => s.customer.startsWith(w))) : STORIES
const t = Date.now()
const r = await runDemo(mkdtempSync('/tmp/money-scratch/d-') + '/data', {
  stories,
  remarks: [],
  timezone: 'America/Chicago',
})
console.log('played', stories.length, Date.now() - t, 'ms')
const found = r.demo.slack
  .everything()
  .map((m) => (m.thread_ts && m.thread_ts !== m.ts ? '   ' + m.text : '## ' + m.text))
  .join('\n')
console.log(found)
console.log(r.demo.slack.problems)
await r.stop()
process.exit(0)

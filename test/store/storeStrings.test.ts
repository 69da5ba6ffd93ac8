import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { HOUR, plus } from '../../src/complaint/time.ts'
import { hasWords } from '../../src/complaint/words.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { find } from '../../src/operations/look.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { clean } from '../../src/slack/payloads.ts'
import { readComplaint } from '../../src/store/complaints.ts'
import { InForce } from '../../src/store/inForce.ts'
import { databaseKinds } from '../support/databases.ts'
import { SLOW, sharedDatabase } from '../support/process.ts'
import { INSIDER, SEES_ALL, setupOf } from '../support/setups.ts'

/** minimaxir/big-list-of-naughty-strings (MIT), which stands beside the repository on the machines it is built on. */
const LIST = fileURLToPath(new URL('../../../shared/data/naughty-strings.json', import.meta.url))
const there = existsSync(LIST)
if (!there) process.stderr.write(`\n*** ${LIST} is not there: the naughty strings are SKIPPED. ***\n\n`)

const NOW = new Date('2026-03-04T15:00:00Z')

const cut = (text: string, limit: number): string => text.slice(0, limit).toWellFormed()
/** What shows nothing is refused where something is required. */
const shown = (text: string, limit: number): string => cut(hasWords(text) ? text : `x${text}`, limit)

describe.skipIf(!there).each(databaseKinds())('naughty strings (%s)', (kind) => {
  const database = sharedDatabase(kind)

  test('are stored and read back equal, and found', SLOW, async () => {
    const db = database()
    const inForce = new InForce()
    await putInForce(db, 'T1', setupOf(), NOW)
    // As they come in from Slack: see slack/payloads.ts and slack/fields.ts.
    const naughty = (JSON.parse(readFileSync(LIST, 'utf8')) as string[]).map((text) => clean(text).trim())
    // In test/data each stands alone in a field; here many share the long ones.
    const many = 11
    while (naughty.length > 0) {
      const view = `V${naughty.length}`
      const take = (count: number): string => naughty.splice(0, count).join('\n')
      const [customer, words, tried, contact, reference] = [take(1), take(many), take(many), take(1), take(1)]
      const report = {
        customer: shown(customer, 120),
        feeling: 'confused',
        words: shown(words, 3000),
        tried,
        severity: 'normal',
        contact: cut(contact, 200),
        reference: cut(reference, 200),
      } as const
      const filing = {
        report,
        department: 'manufacturing',
        toldAt: NOW,
        promisedBy: plus(NOW, HOUR),
        reporter: 'U0RITA',
        source: { channel: 'C0SERVICE', ts: '1.1', permalink: words },
      }
      const request = { workspace: 'T1', view, filing, asker: INSIDER }
      const filed = await fileComplaint(db, inForce, request, NOW)
      if (!filed.ok) throw new Error(`Refused: ${JSON.stringify({ report, filed })}`)
      const read = await readComplaint(db.reader, 'T1', filed.number)
      expect({ report: read?.report, source: read?.source }).toEqual({ report, source: filing.source })
      // One of the three that are looked through, in turn.
      const text = [report.customer, report.words, report.reference || report.words][filed.number % 3] ?? ''
      expect((await find(db, 'T1', SEES_ALL, text, 0)).rows[0]?.number, text).toBe(filed.number)
    }
  })
})

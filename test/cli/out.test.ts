import { expect, test } from 'vitest'
import type { Report } from '../../src/complaint/types.ts'
import { fileComplaint } from '../../src/operations/fileComplaint.ts'
import { putInForce } from '../../src/operations/putInForce.ts'
import { InForce } from '../../src/store/inForce.ts'
import { freshPlace } from '../support/databases.ts'
import { amendsHere, databaseEnvironment, SLOW } from '../support/process.ts'
import { INSIDER, setupOf } from '../support/setups.ts'
import { withDatabase } from '../support/world.ts'

const REPORT: Report = {
  ...{ customer: 'Ärger, "Söhne"', feeling: 'angry', words: '=HYPERLINK("http://evil")\nand more', severity: 'normal' },
  ...{ tried: '-2+3', contact: '+49 30 1234', reference: null },
}

/** Two complaints: told on Sunday evening in Chicago, which is Monday in UTC, and a day later. */
async function desk() {
  const place = await freshPlace()
  await withDatabase(place, async (db) => {
    await putInForce(db, 'T1', setupOf(), new Date('2026-01-01T00:00:00Z'))
    for (const [view, at] of [
      ['V1', new Date('2026-03-02T04:30:00Z')],
      ['V2', new Date('2026-03-03T04:30:00Z')],
    ] as const) {
      const filing = {
        ...{ report: REPORT, department: 'manufacturing', toldAt: at, reporter: 'U0RITA', source: null },
        promisedBy: new Date(at.getTime() + 3_600_000),
      }
      const filed = await fileComplaint(db, new InForce(), { workspace: 'T1', view, filing, asker: INSIDER }, at)
      if (!filed.ok) throw new Error(JSON.stringify(filed))
    }
  })
  const run = (...args: string[]) => amendsHere(args, databaseEnvironment(place))
  return { run }
}

test('what was taken down is taken out: for a spreadsheet, and for another program', SLOW, async () => {
  const { run } = await desk()
  // The day begins in the workspace's time zone.
  const { code, stdout, stderr } = await run('export', 'complaints', '--from', '2026-03-01', '--to', '2026-03-02')
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const [header, ...rest] = stdout.split('\r\n')
  expect(header).toBe(
    'number,status,severity,customer_id,customer,customer_as_written,feeling,words,tried,contact,reference,department,department_name,reporter,owner,told_at,filed_at,owned_at,first_closed_at,reopened_at,reopens,closed_at,closed_by,root_cause,root_cause_name,root_cause_group,origin,origin_name,done,fix,avoidable,settled,confidential',
  )
  // No formula runs, nothing is taken apart.
  expect(rest.join('\r\n')).toMatch(
    /^1,open,normal,\d+,"Ärger, ""Söhne""","Ärger, ""Söhne""",angry,"'=HYPERLINK\(""http:\/\/evil""\)\nand more",'-2\+3,'\+49 30 1234,,manufacturing,Manufacturing,U0RITA,,2026-03-02T04:30:00\.000Z,2026-03-02T04:30:00\.000Z,,,,0,[,]*false\r\n$/,
  )
  const lines = await run('export', 'complaints', '--format', 'jsonl', '--from', '2026-03-02T04:30:00.001Z')
  const [line, end] = lines.stdout.split('\n')
  expect(JSON.parse(line ?? '')).toMatchObject({
    number: 2,
    words: REPORT.words,
    contact: REPORT.contact,
    avoidable: null,
  })
  expect(end).toBe('')
  const wrong = await run('export', 'promises', '--from', 'yesterday')
  expect(wrong).toMatchObject({
    ...{ code: 1, stdout: '' },
    stderr: '--from: expected a day such as 2026-03-01, or an instant such as 2026-03-01T08:00:00Z\n',
  })
  const backwards = await run('export', 'causes', '--from', '2026-03-02', '--to', '2026-03-02T06:00:00Z')
  expect(backwards).toMatchObject({
    ...{ code: 1, stdout: '' },
    stderr: '--to: expected a day or an instant after --from\n',
  })
  expect((await run('export', 'owners')).stderr).toContain('Allowed choices are complaints, promises, causes.')
})

test('a customer is erased once somebody says so', SLOW, async () => {
  const { run } = await desk()
  const name = ' ärger, "söhne" '
  const unknown = await run('erase', 'customer', 'Nobody', '--yes')
  expect(unknown).toMatchObject({ code: 1, stdout: '', stderr: 'No customer is known as "Nobody".\n' })
  const look = await run('erase', 'customer', name, '--dry-run')
  expect(look.stdout.split('\n')).toEqual([
    'Customer "Ärger, \\"Söhne\\"": 2 complaints.',
    expect.stringMatching(/^Gone for good/),
    expect.stringMatching(/^Kept: /),
    'Not closed yet: #1, #2. Whoever works on them loses the words, too.',
    'Nothing was erased.',
    '',
  ])
  const asked = await run('erase', 'customer', name)
  expect(asked).toMatchObject({
    code: 1,
    stderr: 'There is nobody to ask here: say --yes to erase, or --dry-run to look.\n',
  })
  const done = await run('erase', 'customer', name, '--yes')
  expect(done).toMatchObject({ code: 0, stderr: '' })
  expect(done.stdout).toMatch(/\nErased\. Messages in Slack that change as soon as Amends runs: 0\.\n$/)
  const left = await run('export', 'complaints', '--format', 'jsonl')
  expect(left.stdout).not.toMatch(/ärger|evil|49 30/i)
  expect(left.stdout.split('\n')).toHaveLength(3)
})

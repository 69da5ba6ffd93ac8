import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { type SandboxSlack, startSandboxSlack } from '../../src/sandbox/slack.ts'
import { readSetup } from '../../src/store/setup.ts'
import { EXAMPLE } from '../config/samples.ts'
import { freshPlace } from '../support/databases.ts'
import { amends, amendsHere, botEnvironment, databaseEnvironment, type Ended, SLOW } from '../support/process.ts'
import { withDatabase } from '../support/world.ts'

/** PRODUCT.md's file, with the ids of this Slack. */
const exampleFor = (slack: SandboxSlack): string =>
  EXAMPLE.replace('U0ADMIN', slack.user('otto'))
    .replace('C0COMPANY', slack.channel('company'))
    .replace('C0OPS', slack.channel('ops'))
    .replace('C0MFG', slack.channel('manufacturing'))
    .replace('C0DESIGN', slack.channel('design'))
    .replace('U0LEAD', slack.user('lena'))
    .replace('U0DESIGN', slack.user('dora'))

async function desk() {
  const slack = await startSandboxSlack({
    users: ['otto', 'lena', 'dora'].map((name) => ({ name })),
    channels: ['company', 'ops', 'manufacturing', 'design'].map((name) => ({ name })),
    usergroups: [{ id: 'S0MFG', handle: 'makers', users: ['lena'] }],
  })
  onTestFinished(() => slack.close())
  const directory = await mkdtemp(join(tmpdir(), 'amends-cli-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const place = await freshPlace()
  const { SLACK_SIGNING_SECRET: _, PORT: __, ...withToken } = botEnvironment(slack, place)
  const write = async (text: string) => {
    await writeFile(join(directory, 'amends.yml'), text)
  }
  const FILE = join(directory, 'amends.yml')
  const config = async (args: string[], env: Record<string, string> = withToken) => {
    const { code, ...wrote } = await amendsHere(
      ['config', ...args].map((arg) => arg.replace('amends.yml', FILE)),
      env,
    )
    return {
      code,
      stdout: wrote.stdout.replaceAll(FILE, 'amends.yml'),
      stderr: wrote.stderr.replaceAll(FILE, 'amends.yml'),
    }
  }
  return {
    slack,
    write,
    config,
    process: (args: string[]) => amends(['config', ...args], withToken, directory),
    withoutToken: databaseEnvironment(place),
    inForce: () => withDatabase(place, (db) => readSetup(db.reader, slack.team)),
  }
}

const said = ({ code, stdout, stderr }: Pick<Ended, 'code' | 'stdout' | 'stderr'>) => ({ code, stdout, stderr })

test('check, apply, apply again, export, apply what was exported', SLOW, async () => {
  const { slack, write, config, process, inForce } = await desk()
  await write(exampleFor(slack))
  const fine = { code: 0, stdout: 'amends.yml: fine. 2 departments, 3 root causes.\n', stderr: '' }
  expect(said(await config(['check', 'amends.yml']))).toEqual(fine)
  expect(await inForce()).toBeNull()
  expect(said(await config(['export']))).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: expect.stringMatching(/^Nothing is in force yet[^\n]*\n$/),
  })
  const applied = { ...fine, stdout: 'amends.yml: in force. 2 departments, 3 root causes.\n' }
  expect(said(await process(['apply', 'amends.yml']))).toEqual(applied)
  expect(await inForce()).toMatchObject({ version: 1, setup: { departments: [{ lead: slack.user('lena') }, {}] } })

  const again = { ...fine, stdout: 'amends.yml: already in force. 2 departments, 3 root causes.\n' }
  expect(said(await config(['apply', 'amends.yml']))).toEqual(again)
  const exported = await config(['export'])
  expect(exported).toMatchObject({ code: 0, stderr: '' })
  await write(exported.stdout)
  expect(said(await config(['apply', 'amends.yml']))).toEqual(again)
  expect((await inForce())?.version).toBe(1)
})

test('faults stand with their paths, those of Slack too, and nothing comes in force', SLOW, async () => {
  const { slack, write, config, inForce } = await desk()
  const example = exampleFor(slack)
  await write(example.replace('kind: fixer', 'kind: maker').replace('response: 24h', 'response: soon'))
  const faulty = await config(['check', 'amends.yml'])
  expect({ code: faulty.code, stdout: faulty.stdout }).toEqual({ code: 1, stdout: '' })
  expect(faulty.stderr.trimEnd().split('\n')).toEqual([
    'amends.yml: 2 faults',
    expect.stringMatching(/^departments\[0\]\.kind: /),
    expect.stringMatching(/^policy\.response: /),
  ])

  await write(
    example
      .replace(slack.channel('manufacturing'), 'C0NOWHERE')
      .replace(slack.user('dora'), 'U0NOBODY')
      .replace('S0MFG', 'S0NONE'),
  )
  const { code, stdout, stderr } = await config(['apply', 'amends.yml'])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr.trimEnd().split('\n')).toEqual([
    'amends.yml: 3 faults',
    expect.stringMatching(/^departments\[0\]\.channel: .*C0NOWHERE/),
    expect.stringMatching(/^departments\[0\]\.group: .*S0NONE/),
    expect.stringMatching(/^departments\[1\]\.lead: .*U0NOBODY/),
  ])
  expect(await inForce()).toBeNull()
})

test('without a token the workspace is named, or the only one that the database knows', SLOW, async () => {
  const { slack, write, config, withoutToken, inForce } = await desk()
  await write(exampleFor(slack))
  expect(said(await config(['apply', 'amends.yml'], withoutToken))).toEqual({
    code: 1,
    stdout: '',
    stderr: 'SLACK_BOT_TOKEN is not set: it tells which workspace this is for. Or name it with --workspace T….\n',
  })
  expect((await config(['apply', 'amends.yml', '--workspace', slack.team], withoutToken)).code).toBe(0)
  expect((await inForce())?.version).toBe(1)
  expect((await config(['export'], withoutToken)).stdout).toContain('key: manufacturing')
  expect(slack.calls).toEqual([])
})

test('a token that Slack refuses is one line, and nothing comes in force', SLOW, async () => {
  const { slack, write, config, withoutToken, inForce } = await desk()
  await write(exampleFor(slack))
  const env = { ...withoutToken, SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: 'xoxb-of-another' }
  const refused = await config(['apply', 'amends.yml'], env)
  expect({ code: refused.code, stdout: refused.stdout }).toEqual({ code: 1, stdout: '' })
  expect(refused.stderr).toMatch(/^[^\n]*invalid_auth[^\n]*\n$/)
  expect(await inForce()).toBeNull()
})

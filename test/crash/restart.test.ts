import { execFile } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Modal } from '../../src/sandbox/person.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { anyKind } from '../support/databases.ts'
import { eventually, SLOW } from '../support/process.ts'
import { withDatabase } from '../support/world.ts'
import {
  cardsOf,
  expectFiledOnce,
  expectNoRepeats,
  expireLeases,
  fillForm,
  numbersIn,
  type Town,
  town,
} from './town.ts'

const SCRIPT = fileURLToPath(new URL('../../.ci/postgres', import.meta.url))
const DEBIAN = '/usr/lib/postgresql'
const BIN = existsSync(DEBIAN)
  ? readdirSync(DEBIAN)
      .map((version) => join(DEBIAN, version, 'bin'))
      .sort()
      .at(-1)
  : null

/** A Postgres of our own, which we may stop. */
async function ownPostgres() {
  const directory = await mkdtemp(join(tmpdir(), 'amends-postgres-'))
  onTestFinished(async () => {
    await promisify(execFile)(SCRIPT, ['stop', directory])
  })
  const { stdout } = await promisify(execFile)(SCRIPT, [directory])
  const control = (...args: string[]) => {
    const command = [join(BIN ?? '', 'pg_ctl'), '-D', join(directory, 'data'), '-w', ...args]
    const asOwner = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
    const [program = '', ...rest] = process.getuid?.() === 0 ? [...asOwner, ...command] : command
    return promisify(execFile)(program, rest, { cwd: directory })
  }
  const url = stdout.trim()
  const options = `-p ${new URL(url).port} -k ${directory} -c listen_addresses=127.0.0.1`
  return {
    url,
    /** As a machine that loses its power. */
    crash: () => control('-m', 'immediate', 'stop'),
    stop: () => control('-m', 'fast', 'stop'),
    // The server's own output goes to its log: a pipe of ours would keep us waiting for it.
    start: () => control('-l', join(directory, 'log'), '-o', options, 'start'),
  }
}

/** What a supervisor does: a bot that ended is started again. */
async function supervised(town: Town, within = 30_000): Promise<void> {
  const look = async () => {
    if (town.bot.hasEnded) {
      expect((await town.bot.ended).code).not.toBe(0)
      await town.start()
    }
    return (await town.bot.answers('/readyz')) || undefined
  }
  await eventually(look, { withinMs: within, what: 'the bot to serve again' })
}

/** Submits until it is taken; the form stays open, with what was typed, as long as it is not. */
async function submitUntilTaken(town: Town, form: Modal): Promise<void> {
  const look = async () => {
    await supervised(town)
    return (await form.submit()).outcome === 'closed' || undefined
  }
  await eventually(look, { withinMs: 30_000, what: 'the form to be taken' })
}

describe.runIf(anyKind() === 'postgres' && BIN)('Postgres is restarted under the bot', () => {
  test('nothing that was acknowledged is lost, and the database is found again', SLOW, async () => {
    const server = await ownPostgres()
    const here = await town('postgres', { kind: 'postgres', url: server.url })
    const { slack, people } = here

    // Away: the bot says so, keeps the form open, and goes on when it is back.
    const kept = await fillForm(here)
    await server.stop()
    const refused = await kept.submit()
    if (!here.bot.hasEnded) {
      expect(refused.outcome).toBe('errors')
      expect(JSON.stringify(refused.errors)).toContain('Nothing you typed is lost')
      expect(await here.bot.answers('/healthz')).toBe(true)
      expect(await here.bot.answers('/readyz')).toBe(false)
    }
    await server.start()
    await submitUntilTaken(here, kept)
    await here.bot.settled()
    expectFiledOnce(here, 1)

    // Crashed with people filing: what was taken is there, the rest can be sent again.
    const names = ['rita', 'fred', 'fay', 'lena', 'lou'] as const
    const forms = await Promise.all(
      names.map(async (name) => {
        const form = await fillForm({ people: { ...people, rita: people[name] } }, name)
        return { name, form }
      }),
    )
    const [first, ...others] = forms
    if (!first) throw new Error('Nobody')
    const sent = others.map(({ form }) => form.submit())
    await submitUntilTaken(here, first.form)
    await server.crash()
    const crashed = new Date()
    const outcomes = await Promise.all(sent)
    await server.start()
    for (const [at, { form }] of others.entries())
      if (outcomes[at]?.outcome !== 'closed') await submitUntilTaken(here, form)
    await supervised(here)
    // What was being sent can't be told: it is looked for in Slack once its lease is over.
    await withDatabase(here.place, (db) => expireLeases(db, crashed))
    await here.bot.settled(30_000)
    expect(await numbersIn(here.place)).toHaveLength(1 + names.length)
    for (const { name } of forms)
      expect(slack.directMessages(name).filter(({ text }) => text.includes('Thank'))).toHaveLength(
        name === 'rita' ? 2 : 1,
      )
    for (let number = 1; number <= 1 + names.length; number += 1) expect(cardsOf(here, number)).toHaveLength(1)
    expectNoRepeats(here)
    await here.bot.kill()

    await foundAgain(server)
  })
})

/** However often the database was asked for meanwhile, it is found again within seconds. */
async function foundAgain(server: Awaited<ReturnType<typeof ownPostgres>>): Promise<void> {
  const db = await openPostgres(server.url)
  onTestFinished(() => db.close())
  const ping = () =>
    db.ping().then(
      () => true,
      () => false,
    )
  await server.stop()
  // As probes and the clock's jobs do: each failure lets the client wait longer before it tries again.
  for (let round = 0; round < 3; round += 1)
    expect(await Promise.all(Array.from({ length: 5 }, ping))).not.toContain(true)
  await server.start()
  const back = performance.now()
  await eventually(async () => (await ping()) || undefined, { withinMs: 60_000, what: 'the database' })
  expect(performance.now() - back).toBeLessThan(5_000)
}

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/store/embedded.ts'
import { MIGRATIONS, migrateUnderLock } from '../../src/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Postgres server with a migrated template database, or null where none was given. */
    postgres: { admin: string; template: string } | null
    /** A migrated embedded database, to be copied. */
    embedded: string
    /** A directory for as long as the run takes. */
    run: string
  }
}

/** Builds `dist` and makes a migrated database of each kind once; every test file works on copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const run = await mkdtemp(join(tmpdir(), 'amends-run-'))
  project.provide('run', run)
  const admin = process.env.TEST_DATABASE_URL
  const [embedded, made] = await Promise.all([embeddedTemplate(), admin ? postgresTemplate(admin) : null, build()])
  project.provide('embedded', embedded)
  project.provide('postgres', made && { admin: made.admin, template: made.template })
  if (!made)
    process.stderr.write(
      '\n*** TEST_DATABASE_URL is not set: everything that needs a real Postgres is SKIPPED. `.ci/run` starts one. ***\n\n',
    )
  return async () => {
    await made?.drop()
    await rm(run, { recursive: true, force: true })
  }
}

async function build(): Promise<void> {
  await promisify(execFile)('npm', ['run', '--silent', 'build']).catch(({ stdout, message }) => {
    throw new Error(`${message}\n${stdout}`)
  })
}

async function postgresTemplate(admin: string) {
  const template = `amends_template_${process.pid}`
  const client = postgres(admin, { max: 1, onnotice: () => {} })
  await client.unsafe(`create database ${template}`)
  const url = new URL(admin)
  url.pathname = `/${template}`
  await migrateUnderLock(url.href)
  const drop = async (): Promise<void> => {
    const made = await client<{ name: string }[]>`
      select datname as name from pg_database where datname like ${`${template}%`}`
    for (const { name } of made) await client.unsafe(`drop database if exists ${name} with (force)`)
    await client.end()
  }
  return { admin, template, drop }
}

/** Making one takes seconds, so it is kept for as long as the migrations and the database's version stay the same. */
export async function embeddedTemplate(): Promise<string> {
  const hash = createHash('sha256').update(await readFile('package-lock.json'))
  for (const file of (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort())
    hash.update(await readFile(join(MIGRATIONS, file)))
  const kept = join('node_modules', '.cache', 'amends-test')
  const template = join(process.cwd(), kept, hash.digest('hex').slice(0, 16))
  if (existsSync(template)) return template
  await mkdir(kept, { recursive: true })
  // It is opened here once: compiling it for the long run costs as much again.
  setFlagsFromString('--liftoff-only')
  const making = await mkdtemp(join(kept, 'making-'))
  await (await openEmbedded(making)).close()
  await rename(making, template).catch((error: unknown) => {
    if (!existsSync(template)) throw error
    return rm(making, { recursive: true })
  })
  return template
}

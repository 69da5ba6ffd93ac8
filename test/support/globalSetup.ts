import { execFileSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import type { TestProject } from 'vitest/node'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateUnderLock } from '../../src/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A Postgres server with a migrated template database, or null where none was given. */
    postgres: { admin: string; template: string } | null
    /** A migrated embedded database, to be copied. */
    embedded: string
  }
}

/** Builds `dist` and makes a migrated database of each kind once; every test file works on copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' })
  const directory = await mkdtemp(join(tmpdir(), 'amends-test-'))
  const embedded = join(directory, 'embedded')
  await (await openEmbedded(embedded)).close()
  project.provide('embedded', embedded)

  const admin = process.env.TEST_DATABASE_URL
  if (!admin) {
    process.stderr.write(
      '\n*** TEST_DATABASE_URL is not set: everything that needs a real Postgres is SKIPPED. `.ci/run` starts one. ***\n\n',
    )
    project.provide('postgres', null)
    return () => rm(directory, { recursive: true, force: true })
  }
  const template = `amends_template_${process.pid}`
  const client = postgres(admin, { max: 1, onnotice: () => {} })
  await client.unsafe(`create database ${template}`)
  const url = new URL(admin)
  url.pathname = `/${template}`
  await migrateUnderLock(url.href)
  project.provide('postgres', { admin, template })
  return async () => {
    await client.unsafe(`drop database if exists ${template} with (force)`)
    await client.end()
    await rm(directory, { recursive: true, force: true })
  }
}

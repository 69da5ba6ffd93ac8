import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api'
import { describe, expect, it } from 'vitest'
import drizzleConfig from '../../drizzle.config.ts'
import * as schema from '../../src/store/schema.ts'
import { packageJson, packageOf, ROOT, type Source, sourceOf, sourcesIn } from './sources.ts'

const src = sourcesIn('src')
const test = sourcesIn('test')
const views = src.filter(({ path }) => /^src\/views\/|^src\/complaint\/refusals\.ts$/.test(path))

const where = (found: readonly Source[], what: RegExp): string[] =>
  found.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, at) => (what.test(line) ? [`${path}:${at + 1}: ${line.trim()}`] : [])),
  )

describe('words', () => {
  it('do not shout: nothing said to people ends in an exclamation mark', () => {
    // In code, `!` stands before what it denies or as `!==`; in `<!date^…>` before a word.
    const shouting = views.flatMap(({ path, code }) =>
      code.split('\n').flatMap((line) => (/[\p{L}\p{N})\]}…”’"]!(?!=)/u.test(line) ? [`${path}: ${line.trim()}`] : [])),
    )
    expect(views.length).toBeGreaterThan(30)
    expect(shouting).toEqual([])
  })
})

describe('nothing is left lying about', () => {
  it('no notes to ourselves', () => {
    const notes = new RegExp(`\\b(${['TO', 'FIX', 'X'].map((a, at) => a + ['DO', 'ME', 'XX'][at]).join('|')})\\b`)
    expect(where([...src, ...test], notes)).toEqual([])
  })

  it('no placeholders', () => {
    expect(where(src, /\bplaceholder until\b/i)).toEqual([])
  })

  it('no test that runs alone, and none left out', () => {
    const alone = new RegExp(`\\b(it|test|describe)(\\.\\w+)*\\.(${['only', 'skip', 'todo'].join('|')})(\\.each)?\\(`)
    expect(where(test, alone)).toEqual([])
  })
})

describe('packages', () => {
  const { dependencies, devDependencies, scripts } = packageJson()
  const ours = /^(node:|\.|(src|test|bench)\/|\w+\.config\.ts$|drizzle\.config)/
  const importedIn = (...found: Source[]) =>
    new Set(found.flatMap(({ imports }) => imports.filter((one) => !ours.test(one)).map(packageOf)))
  const product = importedIn(...src.filter(({ path }) => !path.startsWith('src/sandbox/')))
  const workshop = importedIn(
    ...src.filter(({ path }) => path.startsWith('src/sandbox/')),
    ...test,
    ...readdirSync(ROOT)
      .filter((name) => name.endsWith('.config.ts'))
      .map(sourceOf),
    ...(readdirSync(ROOT).includes('bench') ? sourcesIn('bench') : []),
  )

  it('each dependency is used by the product, and the product uses no other', () => {
    expect(Object.keys(dependencies).sort()).toEqual([...product].sort())
  })

  it('each tool is used', () => {
    const commands = Object.values(scripts).join(' ')
    const RUN: Record<string, string> = { '@biomejs/biome': 'biome', typescript: 'tsc', 'drizzle-kit': 'drizzle-kit' }
    const unused = Object.keys(devDependencies).filter((name) => {
      const typed = /^@types\/(.+)$/.exec(name)?.[1]
      if (typed) return typed !== 'node' && !product.has(typed) && !workshop.has(typed)
      return !workshop.has(name) && !commands.includes(RUN[name] ?? name)
    })
    expect(unused).toEqual([])
  })

  it('what tests and the sandbox import is there', () => {
    const known = { ...dependencies, ...devDependencies }
    expect([...workshop].filter((name) => !Object.hasOwn(known, name))).toEqual([])
  })

  it('each stands at one version', () => {
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
    )
    expect(loose).toEqual([])
  })
})

describe('migrations', () => {
  it('are what the schema asks for', async () => {
    const snapshots = readdirSync(join(ROOT, 'drizzle/meta')).filter((name) => name.endsWith('_snapshot.json'))
    const newest = snapshots.sort().at(-1) ?? expect.fail('no snapshot')
    const before = JSON.parse(readFileSync(join(ROOT, 'drizzle/meta', newest), 'utf8'))
    const now = generateDrizzleJson(schema, before.id, undefined, drizzleConfig.casing)
    expect(await generateMigration(before, now)).toEqual([])
  })

  it('stand in the journal, each with its file', () => {
    const journal: { entries: { tag: string; when: number }[] } = JSON.parse(
      readFileSync(join(ROOT, 'drizzle/meta/_journal.json'), 'utf8'),
    )
    const files = readdirSync(join(ROOT, 'drizzle')).filter((name) => name.endsWith('.sql'))
    expect(journal.entries.map(({ tag }) => `${tag}.sql`).sort()).toEqual(files.sort())
    // One older than the newest that was applied is skipped in silence.
    const times = journal.entries.map((entry) => entry.when)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  })
})

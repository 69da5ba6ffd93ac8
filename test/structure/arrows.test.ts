import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageOf, ROOT, roomOf, type Source, sourcesIn } from './sources.ts'

/* Imports run one way, as ARCHITECTURE.md draws them; what a room may not do, it does not. */

const sources = sourcesIn('src')
const inRoom = (...rooms: string[]): Source[] => sources.filter(({ path }) => rooms.includes(roomOf(path)))

/** They know nothing of ours, and may be known by all but the rules. */
const LEAVES = ['reason.ts', 'startFault.ts', 'log.ts']

/** Which rooms, and which modules beside them, each may know; itself always. */
const MAY_KNOW: Record<string, readonly string[]> = {
  'main.ts': ['app.ts', 'cli', 'config'],
  'app.ts': [
    'config',
    'delivery',
    'health.ts',
    'metrics.ts',
    'openDatabase.ts',
    'operations',
    'pictures',
    'schedule',
    'slack',
    'store',
  ],
  cli: ['complaint', 'config', 'openDatabase.ts', 'operations', 'slack', 'store'],
  'health.ts': ['metrics.ts', 'slack', 'store'],
  'metrics.ts': [],
  'openDatabase.ts': ['config', 'store'],
  'log.ts': [],
  'reason.ts': [],
  'startFault.ts': [],
  config: ['complaint'],
  slack: ['complaint', 'operations', 'views'],
  schedule: ['operations'],
  operations: ['complaint', 'config', 'store'],
  delivery: ['complaint', 'store', 'views'],
  store: ['complaint'],
  pictures: ['complaint'],
  views: ['complaint', 'pictures'],
  complaint: [],
  // The demo starts the whole bot; nothing of the bot knows the sandbox.
  sandbox: ['app.ts', 'complaint', 'config', 'openDatabase.ts', 'operations', 'schedule', 'slack', 'store', 'views'],
}

/** The libraries that only some rooms may use. */
const ONLY_IN: Record<string, readonly string[]> = {
  '@slack/web-api': ['config', 'delivery', 'slack'],
  '@slack/bolt': ['app.ts', 'health.ts', 'slack'],
  '@slack/socket-mode': ['slack'],
  '@slack/types': ['slack', 'views'],
  'drizzle-orm': ['store'],
  postgres: ['store'],
  '@electric-sql/pglite': ['store'],
  'node-cron': ['schedule'],
  pino: ['log.ts'],
  'prom-client': ['metrics.ts'],
  commander: ['main.ts', 'cli', 'sandbox'],
  'csv-stringify': ['cli'],
  yaml: ['config', 'sandbox'],
  vega: ['pictures'],
  '@resvg/resvg-js': ['pictures', 'sandbox'],
  'dejavu-fonts-ttf': ['pictures'],
  emulate: ['sandbox'],
  ws: ['sandbox'],
}

const findAll = (found: readonly Source[], what: RegExp): string[] =>
  found.flatMap(({ path, code }) => [...code.matchAll(what)].map(([words]) => `${path}: ${words}`))

describe('imports', () => {
  it('are found', () => {
    expect(sources.find(({ path }) => path === 'src/slack/router.ts')?.imports).toEqual(
      expect.arrayContaining(['@slack/bolt', 'zod', 'src/slack/routes.ts', 'src/views/refused.ts']),
    )
    expect(sources.find(({ path }) => path === 'src/slack/routes.ts')?.imports).toContain(
      'src/slack/listeners/actions.ts',
    )
    for (const { imports } of sources)
      for (const imported of imports)
        if (imported.startsWith('src/')) expect(existsSync(join(ROOT, imported)), imported).toBe(true)
  })

  it('know every room', () => {
    expect([...new Set(sources.map(({ path }) => roomOf(path)))].sort()).toEqual(Object.keys(MAY_KNOW).sort())
  })

  it.each(Object.entries(MAY_KNOW))('%s knows only what it may', (room, known) => {
    const leaves = room === 'complaint' || LEAVES.includes(room) ? ['reason.ts'] : LEAVES
    const allowed = [room, ...known, ...(room === 'complaint' ? [] : leaves)]
    const wrong = inRoom(room).flatMap(({ path, imports }) =>
      imports
        .filter((imported) => imported.startsWith('src/') && !allowed.includes(roomOf(imported)))
        .map((imported) => `${path} imports ${imported}`),
    )
    expect(wrong).toEqual([])
  })

  it('run in no circle', () => {
    const seen = new Set<string>()
    const circles: string[] = []
    const follow = (room: string, trail: readonly string[]): void => {
      if (trail.includes(room)) circles.push([...trail, room].join(' → '))
      else if (!seen.has(room)) for (const next of MAY_KNOW[room] ?? []) follow(next, [...trail, room])
      seen.add(room)
    }
    for (const room of Object.keys(MAY_KNOW)) follow(room, [])
    expect(circles).toEqual([])
  })

  it('leave src alone from outside but in tests, and tests alone from src', () => {
    expect(sources.flatMap(({ imports }) => imports.filter((one) => /^(\.\.|test|bench)\b/.test(one)))).toEqual([])
  })

  it('of libraries stand where they belong', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .map(packageOf)
        .filter((library) => ONLY_IN[library] && !ONLY_IN[library].includes(roomOf(path)))
        .map((library) => `${path} imports ${library}`),
    )
    expect(wrong).toEqual([])
  })

  it('of the rules: themselves, zod, and a calendar', () => {
    const libraries = inRoom('complaint').flatMap(({ imports }) => imports.filter((one) => !one.startsWith('src/')))
    // node:module loads the holidays when they are first asked for.
    const known = ['zod', 'luxon', 'date-holidays', 'node:module']
    expect(libraries.filter((library) => !known.includes(packageOf(library)))).toEqual([])
  })
})

describe('what the bot loads at its start', () => {
  it('has no part in drawing: that stays in a process of its own', () => {
    const loaded = new Set<string>()
    const follow = (path: string): void => {
      if (loaded.has(path)) return
      loaded.add(path)
      const source = sources.find((one) => one.path === path)
      const text = source?.code.replace(/^import type [^;]*?from '[^']+'/gm, '') ?? ''
      for (const imported of source?.imports ?? [])
        if (imported.startsWith('src/') && text.includes(imported.split('/').at(-1) ?? '')) follow(imported)
    }
    follow('src/app.ts')
    expect([...loaded]).toContain('src/pictures/draw.ts')
    for (const drawing of ['svg', 'png', 'drawing']) expect([...loaded]).not.toContain(`src/pictures/${drawing}.ts`)
  })
})

describe('what a room may not do', () => {
  const others = (...rooms: string[]) => sources.filter(({ path }) => ![...rooms, 'sandbox'].includes(roomOf(path)))

  it('nothing posts to Slack but delivery', () => {
    const POSTS = /\bchat\s*\.\s*(postMessage|postEphemeral|update|delete|scheduleMessage|meMessage)\s*\(/g
    expect(findAll(others('delivery'), POSTS)).toEqual([])
    expect(findAll(inRoom('delivery'), POSTS).length).toBeGreaterThan(0)
  })

  it('nothing opens modals but the listeners', () => {
    expect(findAll(others('slack'), /\bviews\s*\.\s*(?!publish\b)\w+\s*\(/g)).toEqual([])
  })

  it('nothing publishes Homes but delivery', () => {
    expect(findAll(others('delivery'), /\bviews\s*\.\s*publish\s*\(/g)).toEqual([])
  })

  it('nobody asks the environment but main and the command line', () => {
    expect(findAll(others('main.ts', 'cli.ts'), /\bprocess\.env\b|\bimport\.meta\.env\b/g)).toEqual([])
  })

  it('now is an argument wherever something is decided, stored, shown or sent', () => {
    const NOW = /\bDate\.now\(|\bnew Date\(\s*\)|\bDate\(\)|\bDateTime\.(now|local|utc)\(\s*\)/g
    const rooms = ['complaint', 'store', 'operations', 'views', 'pictures', 'delivery', 'slack', 'schedule', 'config']
    expect(findAll(inRoom(...rooms), NOW)).toEqual([])
  })

  it('nobody waits by the clock there', () => {
    const WAITS = /\b(setTimeout|setInterval)\b|timers\/promises/g
    expect(findAll(inRoom('complaint', 'store', 'operations', 'views', 'pictures', 'delivery'), WAITS)).toEqual([])
  })

  it('chance has no part in what is decided, stored or shown', () => {
    const CHANCE = /\bMath\.random\(|\brandom(UUID|Bytes|Int)\(/g
    expect(findAll(inRoom('complaint', 'store', 'operations', 'views', 'pictures', 'delivery'), CHANCE)).toEqual([])
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { WebClient } from '@slack/web-api'
import { describe, expect, test } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { applyFile, type ConfigDeps, checkFile, exportConfig } from '../../src/config/commands.ts'
import { readConfigFile } from '../../src/config/file.ts'
import { parseConfig } from '../../src/config/parse.ts'
import { checkingClient } from '../../src/config/verify.ts'
import { localSlack } from './local-slack.ts'
import { EXAMPLE, EXAMPLE_SETUP, SMALLEST } from './samples.ts'

interface Desk extends ConfigDeps {
  readonly out: string[]
  readonly err: string[]
  readonly puts: Setup[]
}

function desk(file: Uint8Array | string | Error, options: { client?: WebClient; refused?: string[] } = {}): Desk {
  const out: string[] = []
  const err: string[] = []
  const puts: Setup[] = []
  return {
    out,
    err,
    puts,
    readFile: async () => {
      if (file instanceof Error) throw file
      return file
    },
    print: (line) => out.push(line),
    printError: (line) => err.push(line),
    store: {
      getSetup: async () => puts.at(-1) ?? null,
      putSetup: async (setup) => {
        if (options.refused) return { refused: options.refused }
        if (JSON.stringify(puts.at(-1)) === JSON.stringify(setup)) return 'unchanged'
        puts.push(setup)
        return 'changed'
      },
    },
    ...(options.client && { client: options.client }),
  }
}

const failing = (code: string) => Object.assign(new Error('no'), { code })

describe('amends config check', () => {
  test('fine', async () => {
    const it = desk(EXAMPLE)
    expect(await checkFile('a.yml', it)).toBe(0)
    expect(it).toMatchObject({ out: ['a.yml: fine. 2 departments, 3 root causes.'], err: [], puts: [] })
    const one = desk(SMALLEST)
    await checkFile('a.yml', one)
    expect(one.out).toEqual(['a.yml: fine. 1 department, 1 root cause.'])
  })

  test('faults', async () => {
    const it = desk(EXAMPLE.replace('C0MFG', 'mfg').replace('response: 24h', 'response: 1'))
    expect(await checkFile('a.yml', it)).toBe(1)
    expect(it.err).toEqual([
      'a.yml: 2 faults',
      'departments[0].channel: "mfg" is not the id of a Slack channel such as C0COMPANY',
      'policy.response: 1 is not a duration such as 90s, 15m, 4h or 2d',
    ])
    expect(it.out).toEqual([])
  })

  test.each<[string, Uint8Array | string | Error, string]>([
    ['missing', failing('ENOENT'), 'a.yml: there is no such file'],
    ['not ours', failing('EACCES'), 'a.yml: the file may not be read by this user'],
    ['a folder', failing('EISDIR'), 'a.yml: this is a folder, not a file'],
    ['failing', failing('EIO'), 'a.yml: the file cannot be read (EIO)'],
    ['failing oddly', new Error('no'), 'a.yml: the file cannot be read'],
    ['UTF-16', Buffer.from(`\uFEFF${EXAMPLE}`, 'utf16le'), 'a.yml: the file is not UTF-8 text; save it as UTF-8'],
    ['huge', Buffer.alloc(1_000_001, 0x20), 'a.yml: the file is larger than 1 MB'],
  ])('a file that is %s is one line', async (_, file, line) => {
    const it = desk(file)
    expect(await checkFile('a.yml', it)).toBe(1)
    expect(it.err).toEqual([line])
  })

  test('empty', async () => {
    const it = desk('')
    expect(await checkFile('a.yml', it)).toBe(1)
    expect(it.err).toEqual([
      'a.yml: 1 fault',
      'the file is empty; expected a map with timezone, channels, departments and rootCauses',
    ])
  })

  test('with Slack', async () => {
    await using slack = await localSlack((method, id) =>
      method === 'users.info'
        ? { ok: false, error: id === 'U0LEAD' ? 'user_not_found' : 'unknown_method' }
        : { ok: true, channel: { name: 'x' }, usergroups: [{ id: 'S0MFG', handle: 'mfg' }] },
    )
    const it = desk(EXAMPLE, { client: checkingClient('xoxb-1', slack.apiUrl) })
    expect(await applyFile('a.yml', it)).toBe(1)
    expect(it.err).toEqual([
      'warning: could not check 2 users in Slack (users.info: unknown_method)',
      'a.yml: 1 fault',
      'departments[0].lead: Slack knows no user U0LEAD',
    ])
    expect(it.puts).toEqual([])
  })
})

describe('amends config apply', () => {
  test('puts in force, says what changed, and again nothing', async () => {
    const it = desk(EXAMPLE)
    expect(await applyFile('a.yml', it)).toBe(0)
    expect(await applyFile('a.yml', it)).toBe(0)
    expect(await applyFile('b.yml', { ...it, readFile: async () => EXAMPLE.replace('ask: 4h', 'ask: 2h') })).toBe(0)
    expect(it.out).toEqual([
      'a.yml: in force. 2 departments, 3 root causes.',
      'a.yml: already in force. 2 departments, 3 root causes.',
      'b.yml: in force. 2 departments, 3 root causes.',
      '  policy.silence.ask: 4h -> 2h',
    ])
    expect(it.puts[0]).toEqual(EXAMPLE_SETUP)
    expect(it.err).toEqual([])
  })

  test('all or nothing', async () => {
    const it = desk(EXAMPLE.replace('kind: fixer', 'kind: x'))
    expect(await applyFile('a.yml', it)).toBe(1)
    expect(it.puts).toEqual([])
  })

  test('what the store refuses', async () => {
    const it = desk(EXAMPLE, { refused: ['departments: sales has 3 open complaints'] })
    expect(await applyFile('a.yml', it)).toBe(1)
    expect(it.err).toEqual(['a.yml: 1 fault', 'departments: sales has 3 open complaints'])
  })
})

describe('amends config export', () => {
  test('prints a file that means the same', async () => {
    const it = desk(EXAMPLE)
    await applyFile('a.yml', it)
    it.out.length = 0
    expect(await exportConfig(it)).toBe(0)
    expect(parseConfig(it.out.join('\n'))).toEqual({ ok: true, setup: EXAMPLE_SETUP })
  })

  test('nothing yet', async () => {
    const it = desk('')
    expect(await exportConfig(it)).toBe(1)
    expect(it.err).toEqual(['Nothing is in force yet: put a file in force with `amends config apply FILE`.'])
  })
})

describe('real files', () => {
  test('are read, up to a size', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'amends-config-'))
    try {
      await writeFile(join(folder, 'a.yml'), EXAMPLE)
      const it = { ...desk(''), readFile: readConfigFile }
      expect(await checkFile(join(folder, 'a.yml'), it)).toBe(0)
      expect(await checkFile(join(folder, 'b.yml'), it)).toBe(1)
      expect(await checkFile(folder, it)).toBe(1)
      expect(await checkFile('/dev/zero', it)).toBe(1)
      expect(it.err).toEqual([
        `${join(folder, 'b.yml')}: there is no such file`,
        `${folder}: this is a folder, not a file`,
        '/dev/zero: the file is larger than 1 MB',
      ])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

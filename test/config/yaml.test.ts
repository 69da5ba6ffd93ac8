import { describe, expect, test } from 'vitest'
import { faultsOf, SMALLEST, setupOf } from './samples.ts'

const EXPECTED = 'a map with timezone, channels, departments and rootCauses'

describe('the text of the file', () => {
  test.each([
    ['nothing', '', [`the file is empty; expected ${EXPECTED}`]],
    ['comments only', '# soon\n', [`the file is empty; expected ${EXPECTED}`]],
    ['a list', '- timezone: UTC\n', [`a list is not ${EXPECTED}`]],
    ['a word', 'hello', [`"hello" is not ${EXPECTED}`]],
    [
      'a duplicate key',
      `${SMALLEST}timezone: UTC\n`,
      ['line 7, column 1: the key "timezone" stands twice in the same map'],
    ],
    [
      'several faults',
      'a: *b\nc:\n\td: 1\ne: [1\n',
      [
        'line 1, column 4: *b stands for nothing: no &b before it',
        'line 3, column 1: Tabs are not allowed as indentation',
        'line 5, column 1: Flow sequence in block collection must be sufficiently indented and end with a ]',
      ],
    ],
    [
      'two documents',
      `${SMALLEST}---\na: 1\n`,
      ['line 7, column 1: a second document begins; one file holds one configuration'],
    ],
    [
      'an unknown tag',
      'timezone: !!js/function "x"\n',
      ['line 1, column 11: Unresolved tag: tag:yaml.org,2002:js/function'],
    ],
    ['a key that is a list', '? [a, b]\n: 1\n', ['line 1, column 3: a key must be a plain word']],
    ['an alias holding itself', 'a: &a [*a]\n', ['the file is nested too deeply, or an alias (*name) holds itself']],
  ])('%s', (_, text, faults) => expect(faultsOf(text)).toEqual(faults))

  test('a byte order mark and CRLF are taken', () => {
    expect(setupOf(`\uFEFF${SMALLEST.replaceAll('\n', '\r\n')}`)).toEqual(setupOf(SMALLEST))
    expect(faultsOf('\uFEFFa: 1\r\n\tb: 2\r\n')[0]).toMatch(/^line 2, column 1: /)
  })

  test('tabs that are not indentation are taken', () => {
    expect(setupOf(SMALLEST.replace('timezone: UTC', 'timezone:\tUTC\t# here')).timezone).toBe('UTC')
  })

  test('anchors and aliases are taken', () => {
    const hours = (text: string) =>
      `  - { key: k${text.length}, name: N${text.length}, kind: fixer, channel: C0X, hours: ${text} }\n`
    const text = SMALLEST.replace(
      'rootCauses',
      `${hours('&office { week: "mon 07:00-08:00" }')}${hours('*office')}rootCauses`,
    )
    const [, first, second] = setupOf(text).departments
    expect(second?.hours).toEqual(first?.hours)
    expect(second?.hours?.week).toBe('mon 07:00-08:00')
    expect(faultsOf(text.replace('07:00-08:00', '7-8'))).toHaveLength(2)
  })

  test.each([
    ['lists', (name: string, other: string) => `${name}: &${name} [${Array(9).fill(`*${other}`).join(', ')}]\n`],
    [
      'maps',
      (name: string, other: string) => `${name}: &${name} { a: *${other}, b: *${other}, c: *${other}, d: *${other} }\n`,
    ],
  ])('aliases that multiply are refused: %s', (_, line) => {
    const names = [...'abcdefghijklmnop']
    const text = `a: &a [x, x]\n${names
      .slice(1)
      .map((name, index) => line(name, names[index] ?? ''))
      .join('')}`
    expect(faultsOf(text)).toEqual(['the file repeats too much through aliases (*name)'])
  })

  test('one large thing used often is refused', () => {
    const text = `a: &a [${Array(5000).fill('x').join(', ')}]\nb: [${Array(1500).fill('*a').join(', ')}]\n`
    expect(faultsOf(text)).toEqual(['the file holds too much, or repeats too much through aliases (*name)'])
  })

  test.each(['[', '{a: ', '- '])('nesting without end is refused: %j', (open) => {
    expect(faultsOf(open.repeat(20_000))).toEqual(['the file is nested too deeply'])
  })

  test('over 1 MB is refused unread', () => {
    expect(faultsOf(`${SMALLEST}# ${'é'.repeat(500_000)}`)).toEqual(['the file is larger than 1 MB'])
  })

  test('just under 1 MB of keys ends soon', { timeout: 20_000 }, () => {
    const text = Array.from({ length: 36_000 }, (_, index) => `a-key-of-the-file-${index}: 1\n`).join('')
    expect(text.length).toBeGreaterThan(900_000)
    expect(faultsOf(text).length).toBeGreaterThan(36_000)
  })
})

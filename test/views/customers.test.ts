import { describe, expect, it } from 'vitest'
import type { Customer, CustomerStanding } from '../../src/complaint/customer.ts'
import { DEFAULT_POLICY } from '../../src/complaint/policy.ts'
import { DAY, HOUR } from '../../src/complaint/time.ts'
import { checkOptions, checkView } from '../../src/sandbox/limits.ts'
import { card } from '../../src/views/card.ts'
import { line } from '../../src/views/line.ts'
import { mergeCustomerModal } from '../../src/views/mergeCustomerModal.ts'
import { customerOptions } from '../../src/views/options.ts'
import { sameCustomer, sameCustomerAnswered } from '../../src/views/sameCustomer.ts'
import { nth } from '../../src/views/text.ts'
import { become, expectSound, filed, lastOf, NOW, readable, SETUP } from './samples.ts'

const HOSTILE = [
  '<!channel> & <@U0LEAD> *bold* `code`',
  '\u202e\u0000\ud83d',
  '"'.repeat(120),
  '😀'.repeat(60),
  '\u200b',
]

const drawn = (standing: CustomerStanding | null, within = 60 * DAY) => {
  const { complaint } = filed()
  const policy = { ...DEFAULT_POLICY, repeat: { within } }
  return card({ ...complaint, policy }, { setup: SETUP, now: NOW, showContact: false, customer: standing })
}

describe('how a customer stands, on the card', () => {
  it.each<[CustomerStanding, string]>([
    [{ id: 7, name: 'Acme', ordinal: 3, open: 1 }, '3rd complaint in 60 days, 1 open · The customer told us'],
    [{ id: 7, name: 'Acme', ordinal: 1, open: 2 }, '1st complaint in 60 days, 2 open'],
    [{ id: 7, name: 'Acme', ordinal: 2, open: 0 }, '2nd complaint in 60 days, 0 open'],
    [{ id: 7, name: 'Kettle', ordinal: 12, open: 4 }, 'Customer: Kettle · 12th complaint in 60 days, 4 open'],
    [{ id: 7, name: 'Kettle', ordinal: 1, open: 1 }, 'Customer: Kettle · The customer told us'],
  ])('%j', (standing, words) => {
    expect(readable(drawn(standing).blocks)).toContain(words)
    expectSound(drawn(standing))
  })

  it.each([null, { id: 7, name: 'ACME', ordinal: 1, open: 1 }, { id: 7, name: 'acme', ordinal: 1, open: 0 }])(
    '%j: there is nothing to tell',
    (standing) => {
      expect(drawn(standing).text).not.toMatch(/complaint in|Customer:/)
    },
  )

  it('names the time that the policy names', () => {
    expect(drawn({ id: 7, name: 'Acme', ordinal: 2, open: 1 }, 36 * HOUR).text).toContain('2nd complaint in 1 day 12 h')
  })

  it.each(HOSTILE)('rings nobody for %j', (name) => {
    expectSound(drawn({ id: 7, name, ordinal: 3, open: 1 }))
  })

  it.each([
    ...[1, 2, 3, 4, 10, 11, 12, 13, 14, 21, 22, 23, 101, 111, 112, 113, 121].map(
      (n, index) =>
        [
          n,
          '1st 2nd 3rd 4th 10th 11th 12th 13th 14th 21st 22nd 23rd 101st 111th 112th 113th 121st'.split(' ')[index],
        ] as const,
    ),
  ])('%i is %s', (n, words) => {
    expect(nth(n)).toBe(words)
  })
})

describe('"Same customer as …?"', () => {
  const about = { complaint: 142, name: 7, other: 3 }
  it('asks by both names, and says what the other is called by now', () => {
    const { text } = sameCustomer(about, { name: 'Acme Corporation', other: 'Acme Corp', called: 'Acme Corp' })
    expect(text).toMatch(/^Same customer as Acme Corp\?\nYou filed #142 for Acme Corporation\.\n/)
    const renamed = sameCustomer(about, { name: 'Acme Corporation', other: 'Acme Corp', called: 'Zenith' })
    expect(renamed.text).toContain('Acme Corp is called Zenith by now.')
  })

  it.each(HOSTILE)('is sound with %j', (name) => {
    expectSound(sameCustomer(about, { name, other: name, called: `${name} ` }))
  })

  it.each(['merged', 'kept-apart', 'answered'] as const)('%s takes its place', (how) => {
    const { text, blocks } = sameCustomerAnswered(how)
    expectSound({ text, blocks })
    expect(JSON.stringify(blocks)).not.toContain('button')
  })
})

describe('"Merge customer"', () => {
  const customer: Customer = { id: 7, name: 'Acme' }
  it('asks into whom, or for a name', () => {
    const view = mergeCustomerModal(filed().complaint, customer)
    expect(checkView(view)).toEqual([])
    expect(view.blocks.flatMap((block) => ('label' in block ? [block.label?.text] : []))).toEqual([
      'Into which customer',
      'Call the customer',
    ])
  })

  it.each(HOSTILE)('is sound with %j', (name) => {
    expect(checkView(mergeCustomerModal(filed().complaint, { id: 7, name }))).toEqual([])
    expect(checkOptions({ ...customerOptions([{ id: 8, name }, customer]) })).toEqual([])
  })

  it('offers a hundred at most', () => {
    const many = Array.from({ length: 101 }, (_, id) => ({ id, name: `Customer ${id}` }))
    expect(customerOptions(many).options).toHaveLength(100)
    expect(checkOptions({ ...customerOptions(many) })).toEqual([])
  })

  it.each(HOSTILE)('and renaming are lines that ring nobody: %j', (name) => {
    const merged = become(filed(), {
      ...({ kind: 'merge-customer', by: 'U0REP', customer: { id: 1, name }, into: { id: 2, name } } as const),
    })
    expectSound(line(lastOf(merged), merged.complaint, { setup: SETUP }))
    const renamed = become(filed(), { kind: 'rename-customer', by: 'U0REP', customer, name: `x${name}`.slice(0, 120) })
    expectSound(line(lastOf(renamed), renamed.complaint, { setup: SETUP }))
  })

  it('are told in words', () => {
    const merged = become(filed(), {
      ...({ kind: 'merge-customer', by: 'U0REP', customer, into: { id: 3, name: 'Acme Corp' } } as const),
    })
    expect(line(lastOf(merged), merged.complaint, { setup: SETUP }).text).toBe(
      '<@U0REP> merged the customer: Acme is Acme Corp from now on.',
    )
    const renamed = become(filed(), { kind: 'rename-customer', by: 'U0REP', customer, name: 'Acme & Sons' })
    expect(line(lastOf(renamed), renamed.complaint, { setup: SETUP }).text).toBe(
      '<@U0REP> renamed the customer: Acme is called Acme &amp; Sons now.',
    )
  })
})

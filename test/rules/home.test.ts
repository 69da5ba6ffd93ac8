import { describe, expect, it } from 'vitest'
import { concerned, type HomeFilters, NO_FILTERS, ON_OVERVIEW, ON_PAGE, planHome } from '../../src/complaint/home.ts'
import type { Asker } from '../../src/complaint/roles.ts'
import { department, setupOf } from '../support/setups.ts'
import { filed, owned } from './given.ts'

const SETUP = setupOf({
  departments: [
    department('service', { lead: 'U0SVC' }),
    department('manufacturing', { lead: 'U0LEAD', deputy: 'U0DEPUTY', members: ['U0NAMED'] }),
    department('logistics', { lead: 'U0LEAD' }),
  ],
})

const COLLEAGUE: Asker = { standing: 'colleague', departments: [] }
const of = (...departments: string[]): Asker => ({ standing: 'colleague', departments })

const plan = (person: string, chosen: Partial<HomeFilters> = {}, asker = COLLEAGUE) =>
  planHome(person, { ...NO_FILTERS, ...chosen }, SETUP, asker)

/** "owned, filed, unowned in manufacturing+logistics" */
const listsOf = (person: string, chosen: Partial<HomeFilters> = {}, asker = COLLEAGUE) =>
  plan(person, chosen, asker)
    .queries.map(({ list, departments }) =>
      departments === null ? list : `${list} in ${departments.join('+') || '-'}`,
    )
    .join(', ')

describe('an overview', () => {
  it.each<[who: string, person: string, asker: Asker, lists: string, load: string, byPerson: string]>([
    ['a colleague of no department', 'U0ANY', COLLEAGUE, 'owned, filed', '', ''],
    ['one named in a department', 'U0NAMED', COLLEAGUE, 'owned, filed', 'manufacturing', ''],
    ['one whom Slack knows in another', 'U0ANY', of('logistics'), 'owned, filed', 'logistics', ''],
    [
      ...(['a lead', 'U0LEAD', of('service')] as const),
      'owned, filed, unowned in manufacturing+logistics, overdue in manufacturing+logistics',
      ...(['service manufacturing logistics', 'manufacturing logistics'] as const),
    ],
    [
      ...(['a deputy', 'U0DEPUTY', COLLEAGUE] as const),
      'owned, filed, unowned in manufacturing, overdue in manufacturing',
      ...(['manufacturing', 'manufacturing'] as const),
    ],
  ])('of %s', (_, person, asker, lists, load, byPerson) => {
    expect(listsOf(person, {}, asker)).toBe(lists)
    const found = plan(person, {}, asker)
    expect(found.load.join(' ')).toBe(load)
    expect(found.loadByPerson.join(' ')).toBe(byPerson)
    expect(found.watches).toEqual(load === '' ? [] : load.split(' '))
    expect(found.queries.every(({ limit, page }) => limit === ON_OVERVIEW && page === 0)).toBe(true)
  })

  it('tells admins of the setup, and nobody else', () => {
    expect(plan('U0ADMIN').isAdmin).toBe(true)
    expect(plan('U0LEAD').isAdmin).toBe(false)
  })

  it('keeps to the department and the severity that were chosen', () => {
    expect(listsOf('U0LEAD', { department: 'logistics' })).toBe(
      'owned in logistics, filed in logistics, unowned in logistics, overdue in logistics',
    )
    const found = plan('U0LEAD', { department: 'service', severity: 'critical' })
    expect(found).toMatchObject({ load: ['service'], loadByPerson: [], watches: ['service'] })
    expect(found.queries.map(({ severity }) => severity)).toEqual(Array(4).fill('critical'))
  })

  it('leaves out a department that is there no more', () => {
    const found = plan('U0NAMED', { department: 'painting' })
    expect(found.filters).toEqual(NO_FILTERS)
    expect(found.queries[0]?.departments).toBeNull()
  })
})

describe('one list in full', () => {
  it.each<[list: HomeFilters['list'], person: string, lists: string, watches: readonly string[] | null]>([
    ['owned', 'U0LEAD', 'owned', []],
    ['filed', 'U0LEAD', 'filed', []],
    ['departments', 'U0LEAD', 'departments in manufacturing+logistics', ['manufacturing', 'logistics']],
    ['departments', 'U0ANY', 'departments in -', []],
    ['unowned', 'U0LEAD', 'unowned in manufacturing+logistics', ['manufacturing', 'logistics']],
    ['unowned', 'U0NAMED', 'unowned in manufacturing', ['manufacturing']],
    ['overdue', 'U0ANY', 'overdue', null],
    ['all', 'U0NAMED', 'all', null],
  ])('%s, of %s: %s', (list, person, lists, watches) => {
    const found = plan(person, { list, page: 3 })
    expect(listsOf(person, { list })).toBe(lists)
    expect(found.watches).toEqual(watches)
    expect(found).toMatchObject({ load: [], loadByPerson: [], queries: [{ page: 3, limit: ON_PAGE }] })
  })

  it('of a department chosen by name, whoever looks', () => {
    for (const list of ['departments', 'unowned', 'overdue', 'all'] as const) {
      const found = plan('U0ANY', { list, department: 'service' })
      expect(found.queries[0]?.departments).toEqual(['service'])
      expect(found.watches).toEqual(['service'])
    }
  })
})

describe('a change concerns', () => {
  it('the reporter, and whoever owned or owns it, in the department it left and in the one it came to', () => {
    const [before, after] = [filed(), owned()]
    expect(concerned(before)).toEqual({ people: ['U0REPORTER'], departments: ['manufacturing'] })
    expect(concerned(before, after)).toEqual({ people: ['U0REPORTER', 'U0OWNER'], departments: ['manufacturing'] })
    expect(concerned(after, { ...before, department: 'logistics' })).toEqual({
      people: ['U0REPORTER', 'U0OWNER'],
      departments: ['manufacturing', 'logistics'],
    })
  })
})

import { describe, expect, it } from 'vitest'
import type { Command, GivenFile } from '../../src/complaint/commands.ts'
import { checkFiles, MOST_FILES } from '../../src/complaint/evidence.ts'
import { checkFiling } from '../../src/complaint/filing.ts'
import { INSIDER, POLICY } from '../support/setups.ts'
import {
  at,
  CARD,
  closed,
  closeOut,
  FILED,
  file,
  filed,
  filing,
  given,
  line,
  owned,
  planVisit,
  run,
  SETUP,
} from './given.ts'

const MEGABYTE = 1024 * 1024

type About = NonNullable<GivenFile['about']>
const photo = (id = 'F0ONE', about: Partial<About> = {}, name = 'valve.jpg'): GivenFile => ({
  ...{ id, name },
  about: {
    ending: 'jpg',
    mimetype: 'image/jpeg',
    size: 1000,
    permalink: `https://acme.slack.com/files/${id}`,
    ...about,
  },
})
const unseen: GivenFile = { id: 'F0GONE', name: 'IMG_1', about: null }
const exe = photo('F0EXE', { ending: 'exe' }, 'virus.exe')
const film = photo('F0FILM', { ending: 'mov', size: 50 * MEGABYTE + 1 }, 'film.mov')

const row = (seq: number, origin: string, when: Date, by: string, id = 'F0ONE') => ({
  ...{ seq, file: id, name: 'valve.jpg', mimetype: 'image/jpeg', size: 1000, origin, addedAt: when, addedBy: by },
  ...{ permalink: `https://acme.slack.com/files/${id}`, goneAt: null },
})

const add = (...files: GivenFile[]): Command => ({ kind: 'add-evidence', by: 'U0ANN', files })
const lose = (id: string): Command => ({ kind: 'lose-evidence', file: id })

describe('evidence comes along', () => {
  it('with what is filed, and is shown in the thread', () => {
    const { complaint, entries, messages } = file({ files: [photo()] })
    expect(complaint.evidence).toEqual([row(1, 'filing', FILED, 'U0REPORTER')])
    expect(entries.map(({ event }) => event)).toContainEqual({
      ...{ kind: 'evidence-added', origin: 'filing', files: [{ seq: 1, name: 'valve.jpg' }] },
    })
    expect(messages).toContainEqual({ kind: 'evidence', entry: 2 })
  })

  it('with the message that is filed, beside what is added to the form', () => {
    const { complaint, messages } = file({ files: [photo()], filesOfMessage: [photo('F0TWO')] })
    expect(complaint.evidence.map(({ file: id, origin, seq }) => [seq, id, origin])).toEqual([
      [1, 'F0TWO', 'message'],
      [2, 'F0ONE', 'filing'],
    ])
    expect(messages.filter(({ kind }) => kind === 'evidence')).toHaveLength(2)
  })

  it('with a visit, a fix from afar, and a close-out', () => {
    given(owned())
      .when(planVisit({ files: [photo()] }), at(1))
      .becomes({ evidence: [row(1, 'visit', at(1), 'U0OWNER')] })
      .says(CARD, { kind: 'visit', visit: 1, entry: 3 }, { kind: 'evidence', entry: 4 })
    given(owned())
      .when({ kind: 'fix-remotely', by: 'U0OWNER', done: 'Reset it.', files: [photo()] }, at(1))
      .becomes({ evidence: [row(1, 'visit', at(1), 'U0OWNER')] })
    given(owned())
      .when(closeOut({ files: [photo()] }), at(1))
      .becomes({ status: 'closed', evidence: [row(1, 'close-out', at(1), 'U0CLOSER')] })
  })

  it('in the thread, from anybody, also after the close; there it can be seen already', () => {
    for (const complaint of [filed(), owned(), closed()])
      given(complaint)
        .when(add(photo()), at(2))
        .becomes({ evidence: [row(1, 'thread', at(2), 'U0ANN')] })
        .says(CARD)
  })

  it('once', () => {
    const once = run(filed(), [add(photo()), at(1)])
    given(once).when(add(photo()), at(2)).changesNothing()
    given(once)
      .when(add(photo(), photo('F0TWO'), photo('F0TWO')), at(2))
      .becomes({ evidence: [{ file: 'F0ONE' }, { file: 'F0TWO', seq: 2 }] })
  })

  it('as many as Slack takes at once; the others are told', () => {
    const many = Array.from({ length: MOST_FILES + 2 }, (_, index) => photo(`F${index}`))
    const { complaint } = given(filed()).when(add(...many), at(1))
    expect(complaint.evidence).toHaveLength(MOST_FILES)
    given(filed())
      .when(add(...many))
      .says(CARD, line(3))
  })
})

describe('what is not taken', () => {
  it.each([
    [photo(), null],
    [photo('F0A', { ending: 'JPG' }), null],
    [photo('F0A', { size: 50 * MEGABYTE }), null],
    [photo('F0A', { size: 0 }), null],
    [exe, { kind: 'file-type', field: 'files', name: 'virus.exe', types: POLICY.evidence.types }],
    [
      photo('F0A', { ending: '' }, 'README'),
      { kind: 'file-type', field: 'files', name: 'README', types: POLICY.evidence.types },
    ],
    [film, { kind: 'file-size', field: 'files', name: 'film.mov', megabytes: 50 }],
    [unseen, null],
  ] as const)('in a form, %j: %j', (one, refusal) => {
    expect(checkFiles([one], POLICY)).toEqual(refusal ? [refusal] : [])
  })

  it('holds up the form, each file under its field', () => {
    const faults = checkFiling(filing({ files: [exe, photo(), film] }), { now: FILED, setup: SETUP, asker: INSIDER })
    expect(faults.map(({ kind }) => kind)).toEqual(['file-type', 'file-size'])
    given(owned())
      .when(planVisit({ files: [exe] }))
      .refuses(checkFiles([exe], POLICY)[0] ?? { kind: 'closed' })
    given(owned())
      .when(closeOut({ files: [film] }))
      .refuses(checkFiles([film], POLICY)[0] ?? { kind: 'closed' })
  })

  it('but does not lose a complaint whose file could not be looked at: the thread says which', () => {
    const { complaint, entries, messages } = file({ files: [unseen, photo()], filesOfMessage: [exe] })
    expect(complaint.evidence.map(({ file: id }) => id)).toEqual(['F0ONE'])
    expect(entries.map(({ event }) => event).filter(({ kind }) => kind === 'evidence-refused')).toEqual([
      { kind: 'evidence-refused', files: [{ name: 'virus.exe', why: 'type' }] },
      { kind: 'evidence-refused', files: [{ name: 'IMG_1', why: 'unseen' }] },
    ])
    expect(messages.filter(({ kind }) => kind === 'line')).toHaveLength(2)
  })

  it('in the thread is told there, and changes nothing else', () => {
    given(filed())
      .when(add(exe, film), at(1))
      .records({
        kind: 'evidence-refused',
        files: [
          { name: 'virus.exe', why: 'type' },
          { name: 'film.mov', why: 'size' },
        ],
      })
      .says(line(2))
      .becomes({ evidence: [] })
  })

  it('goes by the policy that the complaint was filed under', () => {
    const strict = { ...filed(), policy: { ...POLICY, evidence: { types: ['pdf'], maxMegabytes: 1 } } }
    given(strict).when(add(photo())).becomes({ evidence: [] })
    given(strict)
      .when(add(photo('F0PDF', { ending: 'pdf', size: MEGABYTE })))
      .becomes({ evidence: [{ file: 'F0PDF' }] })
  })

  it.each(['<!channel> *now*.exe', '`rm`\u0007_x_.exe', `${'x'.repeat(200)}.exe`])(
    'is named without markup: %s',
    (name) => {
      const [refusal] = checkFiles([{ ...exe, name }], POLICY)
      expect(refusal).toMatchObject({ kind: 'file-type', name: expect.not.stringMatching(/[<>*_`]/) })
      expect((refusal as { name: string }).name.length).toBeLessThanOrEqual(61)
    },
  )
})

describe('what Slack has no more', () => {
  const with2 = run(filed(), [add(photo(), photo('F0TWO')), at(1)])

  it('is marked so, once', () => {
    given(with2)
      .when(lose('F0ONE'), at(2))
      .becomes({
        evidence: [
          { seq: 1, goneAt: at(2) },
          { seq: 2, goneAt: null },
        ],
      })
      .records({ kind: 'evidence-gone', file: 1, name: 'valve.jpg' })
      .says(CARD)
    given(run(with2, [lose('F0ONE'), at(2)]))
      .when(lose('F0ONE'), at(3))
      .changesNothing()
  })

  it('does not concern others', () => {
    given(filed()).when(lose('F0ONE')).changesNothing()
  })
})

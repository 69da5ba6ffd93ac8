import { test as anywhere, expect, inject } from 'vitest'
import type { Setup } from '../../src/complaint/setup.ts'
import { formatConfig } from '../../src/config/format.ts'
import { parseConfig } from '../../src/config/parse.ts'
import type { Modal } from '../../src/sandbox/person.ts'
import type { SandboxView } from '../../src/sandbox/types.ts'
import { readSetup } from '../../src/store/setup.ts'
import { cardIn, file, type Name, type World, withDatabase, world } from '../support/world.ts'
import { seeing, toldBy } from './support.ts'

/** What is in force is read beside the running bot, which Postgres alone allows. */
const test = anywhere.skipIf(!inject('postgres'))

const inForce = (w: World): Promise<Setup> =>
  withDatabase(w.place, async (db) => {
    const found = await readSetup(db.reader, w.slack.team)
    if (!found) throw new Error('Nothing is in force')
    // What `amends config export` prints is read back as the same.
    expect(parseConfig(formatConfig(found.setup))).toEqual({ ok: true, setup: found.setup })
    return found.setup
  })

/** /complaint setup, as somebody sees it. */
async function opened(w: World, who: Name, title = 'Setup'): Promise<Modal> {
  await w.people[who].command('/complaint setup', { channel: 'service' })
  return seeing(w, w.people[who], title)
}

const pressed = async (w: World, who: Name, modal: Modal, button: string, title: string): Promise<Modal> => {
  await modal.press(button)
  return seeing(w, w.people[who], title)
}

/** Chooses in the menu of a row. */
async function chosen(w: World, who: Name, row: string, value: string, title: string): Promise<Modal> {
  const view = w.slack.openViews(w.people[who].id).at(-1)
  if (!view) throw new Error(`${who} sees no list`)
  await w.people[who].use(view, row, 'setup_row', { selected_option: { value } })
  return seeing(w, w.people[who], title)
}

const read = (modal: Modal): string => JSON.stringify(modal.blocks)

/** Waits until what is seen by now says this: it is drawn anew after the form has closed. */
const seen = (w: World, who: Name, words: string) =>
  w.slack.until(() => (read(w.people[who].modal()).includes(words) ? true : undefined), { what: words })

test('whoever comes first sets up the least there is and is the admin; then others are refused', async () => {
  const w = await world({ unconfigured: true })
  const { otto, rita, lou } = w.people
  w.slack.setAbout('lou', { is_restricted: true })
  expect((await toldBy(w, lou, () => lou.command('/complaint setup', { channel: 'service' }))).text).toContain('Guests')

  const form = await opened(w, 'otto', 'Set up Amends')
  expect(form.value('Admins')).toMatchObject({ selected_users: [otto.id] })
  const second = await opened(w, 'rita', 'Set up Amends')
  const least = {
    ...{ 'Time zone': 'Middle Earth', 'Company channel': 'company', 'Fallback channel': 'ops' },
    ...{ 'First department': 'Making <!channel> & mending', Kind: 'Fixer', 'Its channel': 'manufacturing' },
    'Root causes': 'Defective part\n\n Wrong order \n',
  }
  await form.fill(least)
  expect((await form.submit()).errors).toEqual({
    'Time zone': '"Middle Earth" is not an IANA time zone such as America/Chicago.',
  })
  await form.fill({ 'Time zone': 'Europe/Berlin' })
  expect((await form.submit({ copies: 2 })).outcome).toBe('updated')
  expect(otto.modal().title).toBe('Setup')
  expect(read(otto.modal())).toContain('Amends is set up.')
  await second.fill({ ...least, 'Time zone': 'UTC' })
  expect(Object.values((await second.submit()).errors)).toEqual([expect.stringContaining('Only an admin can change')])

  const setup = await inForce(w)
  expect(setup).toMatchObject({
    ...{ timezone: 'Europe/Berlin', admins: [otto.id] },
    channels: { company: w.slack.channel('company'), fallback: w.slack.channel('ops') },
    departments: [{ key: 'making-channel-mending', name: 'Making <!channel> & mending', kind: 'fixer', lead: null }],
    rootCauses: [{ key: 'defective-part' }, { key: 'wrong-order' }],
  })
  const told = await toldBy(w, rita, () => rita.command('/complaint setup', { channel: 'service' }))
  expect(told.text).toBe(`Only an admin can change the setup. Please ask <@${otto.id}>.`)
  await second.close()
  await file(w, 'rita', { 'Department that can fix it': 'Making <!channel> & mending' })
  expect(cardIn(w, 'manufacturing', 1).text).toContain('Acme Corp')
  expect(w.slack.problems).toEqual([])
})

test('departments: added, changed, retired; each fault under its field, and nothing overwritten unseen', async () => {
  const w = await world({
    slack: {
      channels: [
        ...['service', 'manufacturing', 'logistics', 'design', 'company', 'ops'].map((name) => ({ name })),
        { name: 'secret', isPrivate: true, bot: false },
        { name: 'paint', bot: false },
      ],
    },
    setup: (setup) => ({
      ...setup,
      admins: [...setup.admins, ...setup.departments.flatMap(({ lead }) => lead ?? [])],
      departments: setup.departments.map((one) => ({
        ...one,
        levels: one.key === 'logistics' ? [{ name: 'Experts', group: null, person: one.lead }] : [],
      })),
    }),
  })
  const before = await inForce(w)
  await pressed(w, 'otto', await opened(w, 'otto'), 'Departments', 'Departments')
  const adding = await pressed(w, 'otto', w.people.otto.modal(), 'Add department', 'Add department')
  await adding.fill({ Name: 'manufacturing', Kind: 'Fixer', Channel: 'secret', 'Working hours': 'nine to five' })
  expect((await adding.submit()).errors).toEqual({ Name: '"manufacturing" is what another department is called.' })
  await adding.fill({ Name: '🎨 *Paint* <@U0X> & Gr\u00f6\u00dfe' })
  expect(Object.keys((await adding.submit()).errors)).toEqual(['Working hours'])
  await adding.fill({ 'Working hours': 'mon-fri 07:00-16:00', 'Time zone of these hours': 'UTC' })
  const { errors } = await adding.submit()
  expect(errors).toEqual({ Channel: expect.stringContaining('Slack shows the bot no channel of this id') })
  await adding.fill({ Channel: 'paint', 'Usergroup to call': '@makers', Lead: ['fay'], 'Make-good limit': '50' })
  expect((await adding.submit({ copies: 2 })).outcome).toBe('closed')
  await seen(w, 'otto', 'is not in')
  const added = await inForce(w)
  expect(added.departments.slice(0, -1)).toEqual(before.departments)
  expect(added.departments.at(-1)).toMatchObject({
    ...{ key: 'paint-u0x-grosse', name: '🎨 *Paint* <@U0X> & Größe', kind: 'fixer', lead: w.people.fay.id },
    ...{ group: 'S0MFG', authority: 50, hours: { week: 'mon-fri 07:00-16:00', timezone: 'UTC' } },
  })

  // Its levels, and who answers outside its hours.
  const calling = await chosen(w, 'otto', 'department:paint-u0x-grosse', 'calling', 'Levels and on call')
  await calling.fill({ 'Level 1': 'Mixers', 'On call 1': ['fred'] })
  expect((await calling.submit()).errors).toEqual({
    'Level 1': expect.stringContaining('calls nobody'),
    'From when to when': expect.stringContaining('is missing'),
  })
  await calling.fill({ 'Or which usergroup': '@makers', 'From when to when': 'mon-sun 16:00-07:00' })
  expect((await calling.submit()).outcome).toBe('closed')
  expect((await inForce(w)).departments.at(-1)).toEqual({
    ...added.departments.at(-1),
    levels: [{ name: 'Mixers', group: 'S0MFG', person: null }],
    hours: {
      ...added.departments.at(-1)?.hours,
      onCall: [{ person: w.people.fred.id, week: 'mon-sun 16:00-07:00' }],
    },
  })
  const again = await chosen(w, 'otto', 'department:paint-u0x-grosse', 'calling', 'Levels and on call')
  expect(read(again)).toContain('@makers')
  expect(read(again)).toContain('Level 2')
  await again.close()

  // Two admins with the same department open: the second is told, and what the first saved stays.
  const { lena } = w.people
  await lena.openHome()
  await w.settle()
  await lena.press(lena.home() as SandboxView, 'Setup')
  await pressed(w, 'lena', await seeing(w, lena, 'Setup'), 'Departments', 'Departments')
  const hers = await chosen(w, 'lena', 'department:logistics', 'edit', 'Edit department')
  const his = await chosen(w, 'otto', 'department:logistics', 'edit', 'Edit department')
  expect(read(his)).toContain('Its levels stay as they are')
  await hers.fill({ Name: 'Dispatch', Lead: [] })
  expect((await hers.submit()).outcome).toBe('closed')
  await his.fill({ Name: 'Shipping' })
  expect(await his.submit()).toMatchObject({ errors: { Name: expect.stringContaining('Somebody else changed this') } })
  expect(his.value('Name')).toMatchObject({ value: 'Shipping' })
  await his.close()
  const edited = await inForce(w)
  const dispatch = edited.departments.find(({ key }) => key === 'logistics')
  expect(dispatch).toEqual({
    ...before.departments.find(({ key }) => key === 'logistics'),
    ...{ name: 'Dispatch', lead: null },
  })

  // One with an open complaint stays; one without goes, once.
  await file(w)
  const busy = await chosen(w, 'otto', 'department:manufacturing', 'remove', 'Retire department')
  expect((await busy.submit()).outcome).toBe('updated')
  expect(read(w.people.otto.modal())).toMatch(/Root causes say that they arise there|Still open there/)
  await w.people.otto.modal().close()
  await (await chosen(w, 'otto', 'department:paint-u0x-grosse', 'remove', 'Retire department')).submit()
  await w.slack.until(() => (read(w.people.otto.modal()).includes('*Paint*') ? undefined : true), { what: 'one less' })
  expect((await inForce(w)).departments.map(({ key }) => key)).toEqual(before.departments.map(({ key }) => key))
  expect(w.slack.problems).toEqual([])
})

test('root causes, company and policy', async () => {
  const w = await world({
    setup: (setup) => ({
      ...setup,
      admins: [],
      rootCauses: [
        ...setup.rootCauses,
        ...Array.from({ length: 30 }, (_, n) => ({ key: `r${n}`, name: `Reason ${n}`, origin: null, children: [] })),
      ],
    }),
  })
  const { otto } = w.people
  const before = await inForce(w)
  const root = await opened(w, 'otto')
  expect(read(root)).toContain('Nobody is named as an admin')
  const company = await pressed(w, 'otto', root, 'Edit', 'Company')
  expect(company.value('Admins')).toMatchObject({ selected_users: [otto.id] })
  await company.submit()
  await seen(w, 'otto', `Admins: <@${otto.id}>`)

  await pressed(w, 'otto', otto.modal(), 'Root causes', 'Root causes')
  await otto.press(w.slack.openViews(otto.id).at(-1) as SandboxView, 'setup_find', { choose: 'Reason 29' })
  const renaming = await seeing(w, otto, 'Edit root cause')
  await renaming.fill({ Name: 'Reason thirty' })
  await renaming.submit()
  // Its page is seen then.
  await seeing(w, otto, 'Root causes')
  await seen(w, 'otto', 'Reason thirty')
  await otto.modal().press('Previous')
  await seen(w, 'otto', 'Page 1 of 2')
  const adding = await pressed(w, 'otto', otto.modal(), 'Add root cause', 'Add root cause')
  await adding.fill({ Name: 'Transport' })
  await adding.submit()
  await seen(w, 'otto', 'Transport')
  const below = await chosen(w, 'otto', 'cause:transport', 'below', 'Add root cause')
  expect(below.value('Under')).toMatchObject({ selected_option: { value: 'transport' } })
  await below.fill({ Name: 'Crushed <!here>', 'Where it usually arises': 'Logistics' })
  await below.submit()
  await seen(w, 'otto', 'Crushed')
  const moving = await chosen(w, 'otto', 'cause:crushed-here', 'edit', 'Edit root cause')
  expect(moving.value('Where it usually arises')).toMatchObject({ selected_option: { value: 'logistics' } })
  await moving.fill({ Under: 'Nothing: it stands at the top', 'Where it usually arises': 'Nowhere in particular' })
  await moving.submit()
  await w.slack.until(() => (read(otto.modal()).includes('Transport › ') ? undefined : true), { what: 'the move' })
  await (await chosen(w, 'otto', 'cause:transport', 'remove', 'Remove root cause')).submit()
  await w.slack.until(() => (read(otto.modal()).includes('Transport') ? undefined : true), { what: 'the removal' })
  expect((await inForce(w)).rootCauses).toEqual([
    ...before.rootCauses.map((one) => (one.key === 'r29' ? { ...one, name: 'Reason thirty' } : one)),
    { key: 'crushed-here', name: 'Crushed <!here>', origin: null, children: [] },
  ])
  await otto.modal().close()

  const view = w.slack.openViews(otto.id).at(-1)
  const policyRow = view?.blocks.findLast((block) => JSON.stringify(block.accessory ?? '').includes('"Edit"'))
  if (!view || !policyRow) throw new Error('no policy to edit')
  await otto.use(view, String(policyRow.block_id), 'setup_form', {})
  const policy = await seeing(w, otto, 'Policy')
  await policy.fill({ 'Callback within: normal': '9x', 'Time of the weekly digest': '25:00' })
  expect((await policy.submit()).errors).toEqual({
    'Callback within: normal': expect.stringContaining('is not a duration such as'),
    'Time of the weekly digest': expect.stringContaining('is not a time of day'),
  })
  await policy.fill({
    'Callback within: normal': '3h',
    'Time of the weekly digest': '08:30',
    'The same: serious': '10m',
  })
  expect((await policy.submit()).errors).toEqual({})
  await seen(w, 'otto', 'at 08:30')
  const { policy: now, digest, ...rest } = await inForce(w)
  expect(digest.time).toBe('08:30')
  expect(now).toEqual({
    ...before.policy,
    callback: { ...before.policy.callback, normal: 3 * 3_600_000 },
    ladder: { ...before.policy.ladder, serious: [600_000] },
  })
  expect(rest.departments).toEqual(before.departments)
  expect(w.slack.problems).toEqual([])
})

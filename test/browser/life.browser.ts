import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { photo } from '../../src/sandbox/demo/photos.ts'
import { seriousFaults } from './axe.ts'
import { startBrowser } from './browser.ts'
import { type OpenDemo, openDemo } from './demo.ts'
import { choose, DAY, Desk, errorUnder, file, filedNumber, fillFiling, HOUR, pick, picture, set, type } from './desk.ts'

/* The bot in its demo, through the page alone: by role and name, as a person or a screen reader finds things. */

let browser: Browser
let demo: OpenDemo
const desks: Desk[] = []

const MARTA = 'Marta Quinn'
const INES = 'Ines Costa'
const SAM = 'Sam Okoro'

async function sit(name: string, look: Parameters<typeof Desk.of>[3] = {}): Promise<Desk> {
  const desk = await Desk.of(browser, demo, name, look)
  desks.push(desk)
  return desk
}

beforeAll(async () => {
  browser = await startBrowser()
  demo = await openDemo()
})
afterEach(async () => {
  for (const desk of desks.splice(0)) await desk.close()
  demo.tidy()
})
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
})

const CASTLE = {
  customer: 'Castle Boilers',
  feeling: 'Angry',
  words: 'Twenty of the fifty KV-310 in today’s box are bent at the collar. I have a boiler house waiting.',
  tried: 'Straightened two in the vice; both cracked.',
  department: 'Manufacturing',
  severity: 'Serious',
  contact: 'Glenn, site office, 555 0190',
  reference: 'KV-310, order 48377',
}

test('a complaint’s whole life, as three people', async () => {
  const marta = await sit(MARTA)
  const ines = await sit(INES, { height: 900 })
  const sam = await sit(SAM)
  await ines.go('company')

  // Marta hears of it, and files.
  await marta.go('service')
  const filing = await marta.open('File a complaint', () => marta.say('service', '/complaint'))
  await fillFiling(filing, CASTLE)
  await filing.hover()
  await marta.page.mouse.wheel(0, -5_000)
  await picture(marta.page, 'file')
  await marta.submit('File a complaint', 'File')
  const number = await filedNumber(marta, CASTLE.customer)

  // Ines sees that there is something new; it is hers from now on.
  await ines.page.getByRole('link', { name: 'manufacturing (unread)' }).click()
  const card = ines.card(number)
  await card.getByText('Nobody yet').waitFor()
  await card.getByText('@fitters').waitFor()
  await card.scrollIntoViewIfNeeded()
  await picture(ines.page, 'card')
  await card.getByRole('button', { name: 'Own it' }).click()
  await card.getByText('@ines', { exact: true }).first().waitFor()
  await card.getByRole('button', { name: 'Own it' }).waitFor({ state: 'detached' })

  // She calls, and promises the next call.
  const call = await ines.open('Log callback', () => card.getByRole('button', { name: 'Log callback' }).click())
  await pick(call, 'How did it go?', 'Reached')
  await type(call, 'What was said', 'He wants thirty straight ones today.')
  await ines.submit('Log callback', 'Log callback')

  // Sam goes, arrives, and mends it.
  const visit = await ines.open('Visit', () => card.getByRole('button', { name: 'Visit' }).click())
  await choose(visit, 'Who goes', SAM)
  await set(visit, 'ETA', new Date(demo.now().getTime() + 2 * HOUR))
  await type(visit, 'Parts in hand', '30 × KV-310')
  await ines.submit('Visit', 'Save')
  await sam.go('manufacturing')
  await sam.card(number).getByRole('button', { name: 'Arrived' }).click()
  const outcome = await sam.open('Outcome', () => sam.card(number).getByRole('button', { name: 'Outcome' }).click())
  await pick(outcome, 'Outcome', 'Fixed')
  await type(outcome, 'What was done', 'Changed all twenty; the boiler house is warm.')
  await sam.submit('Outcome', 'Save')

  // Closed with its cause; where it arose starts at the cause's own.
  const closing = await ines.open(`Close out #${number}`, () => card.getByRole('button', { name: 'Close out' }).click())
  await choose(closing, 'Root cause', 'Damaged in packing')
  const origin = closing.getByRole('combobox', { name: 'Where did it arise?' })
  await expect.poll(() => origin.inputValue()).toBe('warehouse')
  await type(
    closing,
    'What was done',
    'Thirty straight ones delivered and fitted. Collars get a cap in the box from now on.',
  )
  await pick(closing, 'Was it fixed?', 'Fixed')
  await pick(closing, 'Could we have avoided it?', 'Yes')
  await pick(closing, 'Does the customer say it is settled?', 'Yes')
  await type(closing, 'Why none is needed', 'The cap in each box takes care of it.')
  await picture(ines.page, 'close-out')
  await ines.submit(`Close out #${number}`, 'Close out')
  await card.getByRole('button', { name: 'Reopen' }).waitFor()
  await card.getByText('Damaged in packing').waitFor()

  // The thread told it all; the warehouse is told where it arose; Marta is told how it ended.
  const thread = await ines.thread(number)
  for (const words of ['owns it', 'called and reached', 'arrived', 'closed it'])
    await thread.getByText(words).first().waitFor()
  await ines.go('warehouse')
  await ines.page.getByText('The cause of this complaint was found here.').last().waitFor()
  const told = await marta.messages()
  await told
    .getByRole('article')
    .filter({ hasText: `#${number}` })
    .filter({ hasText: 'is closed' })
    .waitFor()
})

test('time goes by: reminders, the overdue call and the digest stand in their channels', async () => {
  const marta = await sit(MARTA)
  const number = await file(marta, 'service', { ...CASTLE, customer: 'Orchard Heating', severity: 'Critical' })
  const ines = await sit(INES)
  await ines.go('manufacturing')
  await ines.card(number).getByRole('button', { name: 'Own it' }).click()
  await ines.card(number).getByRole('button', { name: 'Own it' }).waitFor({ state: 'detached' })
  const skip = async (name: string) => {
    const button = ines.page.getByRole('button', { name, exact: true })
    await button.click()
    await expect.poll(() => button.getAttribute('aria-disabled')).toBe('false')
  }
  await skip('1 h')
  let thread = await ines.thread(number)
  const reminder = thread.getByRole('article').filter({ hasText: 'The customer is promised a call' })
  await reminder.first().waitFor()
  await reminder.last().scrollIntoViewIfNeeded()
  await reminder.last().getByText('To open with:').waitFor()
  await picture(ines.page, 'reminder')
  await ines.page.getByRole('button', { name: 'Close thread' }).click()

  // Over: the channel is told, then, four hours over, the company.
  await skip('15 min')
  await skip('4 h')
  await ines.page
    .getByRole('log', { name: 'Messages in #manufacturing' })
    .getByRole('article')
    .filter({ hasText: 'replied to a thread' })
    .filter({ hasText: 'Orchard Heating' })
    .filter({ hasText: /was promised a call by|is promised a call now/ })
    .first()
    .waitFor()
  await ines.go('company')
  await ines.page
    .getByRole('article')
    .filter({ hasText: `#${number} ·` })
    .filter({ hasText: 'The promised call is 4 h over' })
    .waitFor()

  await skip('Monday 09:00')
  const digest = ines.page.getByRole('log', { name: 'Messages in #company' }).getByRole('article').last()
  await digest.getByRole('heading').first().waitFor()
  expect(await digest.textContent()).toMatch(/week/i)
  await ines.page.setViewportSize({ width: 1280, height: 1300 })
  await digest.getByRole('heading').first().scrollIntoViewIfNeeded()
  await picture(ines.page, 'digest')
  await ines.page.setViewportSize({ width: 1280, height: 860 })
  await ines.go('manufacturing')
  thread = await ines.thread(number)
  expect(await thread.getByRole('article').count()).toBeGreaterThan(4)
})

test('App Home: what is theirs, kept fresh, and acted on from there', async () => {
  const ines = await sit(INES, { height: 980 })
  const home = await ines.home()
  const marta = await sit(MARTA)
  const number = await file(marta, 'service', { ...CASTLE, customer: 'Wharf Street Plumbing' })

  // It stands there without anybody looking again; she owns it from there.
  await ines.rowButtons('Nobody owns', number).getByRole('button', { name: 'Own it' }).click()
  const owned = ines.rowButtons('What I own', number)
  const call = await ines.open('Log callback', () => owned.getByRole('button', { name: 'Log callback' }).click())
  await pick(call, 'How did it go?', 'Reached')
  await type(call, 'What was said', 'He wants thirty straight ones today.')
  await ines.submit('Log callback', 'Log callback')
  await home.getByText('Load by person').waitFor()
  await home
    .getByRole('link', { name: `#${number} · Wharf Street Plumbing · Serious` })
    .first()
    .waitFor()
  await home.getByRole('button', { name: 'File a complaint' }).scrollIntoViewIfNeeded()
  await picture(ines.page, 'home')
  expect(await seriousFaults(ines.page)).toEqual([])

  // What she chooses stays, wherever she goes meanwhile.
  await choose(home, 'Show', 'What I own')
  await home.getByRole('button', { name: 'Back to the overview' }).waitFor()
  await choose(home, 'Severity', 'Serious')
  await owned.getByRole('button', { name: 'Close out' }).waitFor()
  await ines.go('manufacturing')
  await ines.home()
  await home.getByRole('button', { name: 'Back to the overview' }).waitFor()
  expect(await home.getByRole('combobox', { name: 'Severity' }).locator('option:checked').textContent()).toBe('Serious')
  const filing = await ines.open('File a complaint', () =>
    home.getByRole('button', { name: 'File a complaint' }).click(),
  )
  await filing.getByRole('button', { name: 'Cancel' }).click()
  await choose(home, 'Severity', 'All severities')
  await home.getByRole('button', { name: 'Back to the overview' }).click()
  await home.getByRole('heading', { name: /^What I filed/ }).waitFor()
})

test('a message is filed by its shortcut, and its thread is told', async () => {
  const marta = await sit(MARTA)
  await marta.go('service')
  await marta.say('service', 'Bright & Sons rang: <46> couplings in a box of 50, again')
  const said = marta.page.getByRole('article').filter({ hasText: 'Bright & Sons rang: <46>' })
  const form = await marta.open('File a complaint', async () => {
    await said.getByRole('button', { name: 'More actions' }).click()
    await marta.page.getByRole('menuitem', { name: 'File as complaint' }).click()
  })
  expect(await form.getByRole('textbox', { name: "What happened, in the customer's words" }).inputValue()).toBe(
    'Bright & Sons rang: <46> couplings in a box of 50, again',
  )
  await type(form, 'Customer', 'Bright & Sons')
  await choose(form, 'How does the customer feel?', 'Disappointed')
  await choose(form, 'Department that can fix it', 'Warehouse')
  await marta.submit('File a complaint', 'File')
  await said.getByRole('button', { name: /1 reply/ }).click()
  await marta.page
    .getByRole('log', { name: 'Thread in #service' })
    .getByText(/Filed as/)
    .waitFor()
})

test('photos and files: chosen in the form, seen in the thread, shared there, and gone', async () => {
  const marta = await sit(MARTA)
  await marta.go('service')
  const form = await marta.open('File a complaint', () => marta.say('service', '/complaint'))
  await fillFiling(form, CASTLE)
  const photos = form.getByLabel('Photos or files')
  const text = { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('Twenty of fifty') }
  const picked = { name: 'collar.png', mimeType: 'image/png', buffer: photo('wet-flange.png') }
  await photos.setInputFiles({ ...text, name: 'setup.exe' })
  await form.getByText("setup.exe: this type of file can't be added here.").waitFor()
  await photos.setInputFiles({ ...text, buffer: Buffer.alloc(10 * 1024 * 1024 + 1) })
  await form.getByText('note.txt is larger than 10 MB.').waitFor()
  await photos.setInputFiles([picked, text, { ...text, name: 'twice.txt' }])
  await form.getByRole('button', { name: 'Remove twice.txt' }).click()
  await expect.poll(() => form.getByRole('listitem').allTextContents()).toEqual(['collar.png', 'note.txt'])
  expect(await seriousFaults(marta.page)).toEqual([])
  // Drawn again for another severity, the form keeps them.
  await choose(form, 'Severity', 'Critical')
  await marta.submit('File a complaint', 'File')
  const number = await filedNumber(marta, CASTLE.customer)

  const ines = await sit(INES)
  await ines.go('manufacturing')
  const card = ines.card(number)
  await card.getByText('2 photos and files').waitFor()
  await card.getByRole('button', { name: 'Own it' }).click()
  const thread = await ines.thread(number)
  const shown = thread.getByRole('img', { name: 'collar.png' })
  await expect.poll(() => shown.evaluate((img) => 'naturalWidth' in img && img.naturalWidth)).toBe(640)
  await thread.getByRole('link', { name: 'note.txt' }).waitFor()
  await picture(ines.page, 'evidence')

  await ines.page.getByLabel(/^Attach files: Reply in/).setInputFiles({ ...picked, name: 'gauge.png' })
  await card.getByText('3 photos and files').waitFor()
  const reply = thread.getByRole('article').filter({ has: ines.page.getByRole('img', { name: 'gauge.png' }) })
  await reply.getByRole('button', { name: 'More actions' }).click()
  await ines.page.getByRole('menuitem', { name: 'Delete gauge.png' }).click()
  await thread.getByText('This file was deleted.').waitFor()
  await card.getByText('2 photos and files').waitFor()
  const more = await ines.open(`More on #${number}`, () =>
    card.getByRole('button', { name: 'More', exact: true }).click(),
  )
  const past = await ines.open(`Timeline of #${number}`, () => more.getByRole('button', { name: 'Timeline' }).click())
  await past.getByText('“gauge.png” is no longer in Slack.').waitFor()
})

test('the global shortcut files, too', async () => {
  const marta = await sit(MARTA)
  await marta.go('service')
  await marta.open('File a complaint', async () => {
    await marta.page.getByRole('button', { name: 'Shortcuts' }).click()
    await marta.page.getByRole('menuitem', { name: 'File a complaint' }).click()
  })
  await marta.page.keyboard.press('Escape')
  await marta.dialog('File a complaint').waitFor({ state: 'detached' })
})

/** Slack's own words, and the bot's. */
const REQUIRED = 'Please complete this required field.'
const FILL_IN = 'Please fill this in.'

const inTime = (ms: number): Date => new Date(demo.now().getTime() + ms)

/** Ines, with a complaint of her own. */
async function owner(customer: string) {
  const marta = await sit(MARTA)
  const number = await file(marta, 'service', { ...CASTLE, customer })
  const ines = await sit(INES)
  await ines.go('manufacturing')
  const card = ines.card(number)
  await card.getByRole('button', { name: 'Own it' }).click()
  await card.getByRole('button', { name: 'Own it' }).waitFor({ state: 'detached' })
  return { ines, card, number }
}

test('each error of filing stands under its field, and nothing that was typed is lost', async () => {
  const marta = await sit(MARTA)
  await marta.go('service')
  const form = await marta.open('File a complaint', () => marta.say('service', '/complaint Harrow: bent again'))
  const words = "What happened, in the customer's words"
  const field = (label: string) => form.getByRole('textbox', { name: label, exact: true })
  const submit = () => marta.submit('File a complaint', 'File', { stays: true })
  expect(await field('Customer').inputValue()).toBe('Harrow')
  // Slack lets nobody type more.
  expect(await field('Customer').getAttribute('maxlength')).toBe('120')
  expect(await field(words).getAttribute('maxlength')).toBe('3000')

  await type(form, 'Customer', '')
  await type(form, words, '')
  await set(form, 'When did the customer tell us?', null)
  await set(form, 'Call back promised by', null)
  await submit()
  for (const label of [
    ...['Customer', 'How does the customer feel?', words, 'Department that can fix it'],
    ...['When did the customer tell us?', 'Call back promised by'],
  ])
    expect(await errorUnder(form, label), label).toBe(REQUIRED)

  await fillFiling(form, { ...CASTLE, customer: '   ', words: ' \n ' })
  const dates = async (told: number, promised: number, errors: [told: string, promised: string]) => {
    await set(form, 'When did the customer tell us?', inTime(told))
    await set(form, 'Call back promised by', inTime(promised))
    await submit()
    await expect.poll(() => errorUnder(form, 'When did the customer tell us?')).toBe(errors[0])
    await expect.poll(() => errorUnder(form, 'Call back promised by')).toBe(errors[1])
  }
  await dates(2 * DAY, -HOUR, [
    'This is in the future. When did the customer tell us?',
    'This has passed already. Please promise a time still to come.',
  ])
  for (const label of ['Customer', words]) expect(await errorUnder(form, label), label).toBe(FILL_IN)
  await fillFiling(form, { ...CASTLE, customer: 'Harrow Plumbing Supplies' })
  await dates(-31 * DAY, 31 * DAY, [
    'This is more than 30 days ago. Please choose a later time and put the rest into words.',
    'This is more than 30 days away. Please promise a call within 30 days.',
  ])
  expect(await field('What have they already tried?').inputValue()).toBe(CASTLE.tried)
  await set(form, 'When did the customer tell us?', inTime(-HOUR))
  await set(form, 'Call back promised by', inTime(4 * HOUR))
  await marta.submit('File a complaint', 'File')
  await filedNumber(marta, 'Harrow Plumbing Supplies')
})

test('each error of calling and visiting stands under its field', async () => {
  const { ines, card } = await owner('Penrose & Daughters')
  const call = await ines.open('Log callback', () => card.getByRole('button', { name: 'Log callback' }).click())
  const log = () => ines.submit('Log callback', 'Log callback', { stays: true })
  await log()
  expect(await call.getByRole('alert').allTextContents()).toEqual([REQUIRED])
  await pick(call, 'How did it go?', 'Reached')
  await log()
  await expect.poll(() => errorUnder(call, 'What was said')).toBe(FILL_IN)
  await pick(call, 'How did it go?', 'No answer')
  await pick(call, 'Does the customer say it is settled?', 'Yes')
  await log()
  await expect
    .poll(() => call.getByRole('alert').allTextContents())
    .toEqual(['Only the customer can say so, and they were not reached. Please choose No.'])
  await pick(call, 'Does the customer say it is settled?', 'No')
  await set(call, 'Next call promised by', null)
  await log()
  await expect.poll(() => errorUnder(call, 'Next call promised by')).toBe(FILL_IN)
  await ines.page.keyboard.press('Escape')
  await call.waitFor({ state: 'detached' })

  const visit = await ines.open('Visit', () => card.getByRole('button', { name: 'Visit' }).click())
  const save = () => ines.submit('Visit', 'Save', { stays: true })
  await save()
  await expect.poll(() => errorUnder(visit, 'ETA')).toBe(FILL_IN)
  await set(visit, 'ETA', inTime(-DAY))
  await save()
  await expect.poll(() => errorUnder(visit, 'ETA')).toBe('This has passed already. When will they be there?')
  await visit.getByRole('checkbox', { name: 'Fixed remotely' }).check()
  await save()
  await expect.poll(() => errorUnder(visit, 'What was done')).toBe(FILL_IN)
  await visit.getByRole('button', { name: 'Cancel' }).click()
  await visit.waitFor({ state: 'detached' })
})

test('each error of closing out stands under its field; "No" asks for the next promise instead', async () => {
  const { ines, card, number } = await owner('Northgate Merchants')
  const title = `Close out #${number}`
  const form = await ines.open(title, () => card.getByRole('button', { name: 'Close out' }).click())
  const submit = () => ines.submit(title, 'Close out', { stays: true })
  await submit()
  const asked = ['Was it fixed?', 'Could we have avoided it?', 'Does the customer say it is settled?']
  for (const label of ['Root cause', 'What was done', ...asked])
    expect(await errorUnder(form, label), label).toBe(REQUIRED)
  expect(await form.getByRole('alert').count()).toBe(5)

  await choose(form, 'Root cause', 'Porous casting')
  await type(form, 'What was done', '   ')
  await pick(form, 'Was it fixed?', 'Could not fix')
  await pick(form, 'Could we have avoided it?', 'No')
  await pick(form, 'Does the customer say it is settled?', 'Could not reach')
  await submit()
  await expect.poll(() => errorUnder(form, 'What was done')).toBe(FILL_IN)
  await type(form, 'What was done', 'Looked into it.')
  await submit()
  await expect
    .poll(() => errorUnder(form, 'Does the customer say it is settled?'))
    .toBe('This needs 3 tried callbacks, and 0 are logged. Please log the calls that were tried.')
  await pick(form, 'Does the customer say it is settled?', 'No')
  await submit()
  const call = ines.dialog('Log callback')
  await call.waitFor()
  expect(await call.getByRole('radio', { name: 'Reached' }).isChecked()).toBe(true)
  await ines.submit('Log callback', 'Log callback')

  // Modals on a modal.
  const more = await ines.open(`More on #${number}`, () =>
    card.getByRole('button', { name: 'More', exact: true }).click(),
  )
  const move = await ines.open('Move callback', () => more.getByRole('button', { name: 'Move callback' }).click())
  await ines.submit('Move callback', 'Move callback', { stays: true })
  expect(await errorUnder(move, 'Reason')).toBe(REQUIRED)
  await ines.page.keyboard.press('Escape')
  await ines.dialog(`More on #${number}`).waitFor()
  await ines.page.keyboard.press('Escape')
  await ines.page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('with the keyboard alone a complaint is filed', async () => {
  const desk = await sit(MARTA)
  const { page } = desk
  const keys = page.keyboard
  const tabTo = async (role: Parameters<typeof page.getByRole>[0], name: string | RegExp) => {
    const wanted = page.getByRole(role, { name }).and(page.locator(':focus'))
    for (let presses = 0; presses < 80; presses += 1) {
      if ((await wanted.count()) > 0) return
      await keys.press('Tab')
    }
    throw new Error(`Tab does not lead to ${role} "${name}"`)
  }
  await page.locator('body').focus()
  await tabTo('link', /^service/)
  await keys.press('Enter')
  await tabTo('textbox', 'Message #service')
  await desk.open('File a complaint', async () => {
    await keys.press('Control+A')
    await keys.type('/co')
    await keys.press('Tab')
    await keys.press('Enter')
  })
  await tabTo('textbox', 'Customer')
  await keys.type('Linden Court Housing')
  await tabTo('combobox', 'How does the customer feel?')
  await keys.type('Wor')
  await tabTo('textbox', "What happened, in the customer's words")
  await keys.type('No hot water on the third floor.')
  await tabTo('combobox', 'Department that can fix it')
  await keys.type('Man')
  await tabTo('textbox', 'Site, order or part')
  await keys.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await tabTo('link', /^Messages/)
  await keys.press('Enter')
  await page.getByRole('article').filter({ hasText: 'Filed as #' }).last().waitFor()
})

test.each([
  ['light', {}],
  ['dark', { dark: true }],
  ['narrow', { width: 390, height: 780 }],
] as const)('axe finds nothing serious in the demo: %s', async (_name, look) => {
  const ines = await sit(INES, look)
  const isNarrow = 'width' in look
  if (isNarrow) expect(await seriousFaults(ines.page)).toEqual([])
  await ines.go('manufacturing')
  const card = ines.page
    .getByRole('article')
    .filter({ has: ines.page.getByRole('button', { name: 'Log callback' }) })
    .filter({ has: ines.page.getByRole('button', { name: /repl(y|ies)/ }) })
    .last()
  await card
    .getByRole('button', { name: /repl(y|ies)/ })
    .first()
    .click()
  await ines.page.getByRole('log', { name: 'Thread in #manufacturing' }).waitFor()
  expect(await seriousFaults(ines.page)).toEqual([])
  await ines.page.getByRole('button', { name: 'Close thread' }).click()
  await ines.open('Log callback', () => card.getByRole('button', { name: 'Log callback' }).click())
  expect(await seriousFaults(ines.page)).toEqual([])
  await ines.page.keyboard.press('Escape')
  await ines.page.getByRole('dialog').waitFor({ state: 'detached' })
  if (isNarrow) await ines.page.getByRole('button', { name: 'Channels and people' }).click()
  await ines.page.getByRole('navigation', { name: 'Apps' }).getByRole('link', { name: 'Home' }).click()
  await ines.page.getByRole('heading', { name: 'Amends' }).first().waitFor()
  expect(await seriousFaults(ines.page)).toEqual([])
})

import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { seriousFaults } from './axe.ts'
import { openPage, startBrowser } from './browser.ts'
import { FORM, gallery, input, message, NOW, option, plain, view } from './gallery.ts'
import { type Mock, startMock } from './mock.ts'

/* The page against answers of our own: all that Block Kit and the API can say, whether the bot says it or not. */

let browser: Browser
let mock: Mock
let page: Page

beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser?.close())
beforeEach(async () => {
  mock = await startMock(gallery())
  page = await openPage(browser, mock.url)
  await page.getByRole('log', { name: 'Messages in #service' }).waitFor()
})
afterEach(async () => {
  await page?.context().close()
  await mock?.close()
})

const article = (words: string | RegExp) => page.getByRole('article').filter({ hasText: words })
const deeds = (kind: string) => mock.deeds.filter((deed) => deed.do === kind)
const channelLink = (name: string) => page.getByRole('navigation', { name: 'Channels' }).getByRole('link', { name })
const hasFocus = (control: Locator) => control.and(page.locator(':focus')).waitFor()
const dialog = (name: string) => page.getByRole('dialog', { name })

async function show(blocks: Parameters<typeof view>[0], about: Parameters<typeof view>[1] = {}) {
  mock.state = { ...mock.state, modals: [view(blocks, about)] }
  mock.changed()
  await page.getByRole('dialog').waitFor()
}

test('mrkdwn and rich text are drawn as Slack draws them', async () => {
  const styled = article('Yesterday:')
  await styled.waitFor()
  expect(await styled.locator('.words').innerHTML()).toContain(
    '<strong>bold</strong> <em>it</em> <s>gone</s> <code>a*b*</code>',
  )
  expect(await styled.textContent()).toContain('@rita, @here <b> & 2*3*4 snake_case_name')
  const quoted = article('quoted')
  expect(await quoted.locator('blockquote').textContent()).toBe('quoted here')
  expect(await quoted.locator('pre').textContent()).toBe('let a = 1')
  expect(await quoted.getByRole('link').allTextContents()).toEqual(['a link', 'https://example.org/a'])
  const card = article('Northwind')
  expect(await card.locator('blockquote').textContent()).toBe(
    'Wrong valve again.\nThat is the <second> time this month.',
  )
  expect(await card.locator('ul > li > ol > li').textContent()).toBe('further in')
  expect(await card.textContent()).toContain('@lena and @makers, due today at 12:00 PM 👋')
  expect(await card.textContent()).toContain('Due today at 12:00 PM')
  expect(await card.textContent()).toContain('(edited)')
  await card.getByRole('heading', { name: '#142 · Northwind Plumbing · Serious' }).waitFor()
})

test('instants stand in the reader’s own zone', async () => {
  const far = await openPage(browser, mock.url, { timezone: 'Asia/Singapore' })
  expect(await far.getByRole('article').filter({ hasText: 'Northwind' }).textContent()).toContain(
    'Due tomorrow at 2:00 AM',
  )
  await far.context().close()
})

test('a thread opens beside its channel; a broadcast reply stands in both', async () => {
  await article('Broadcast to all').waitFor()
  expect(await article('On it').count()).toBe(0)
  await article('Northwind').getByRole('button', { name: '2 replies' }).click()
  const thread = page.getByRole('log', { name: 'Thread in #service' })
  await thread.getByRole('article').filter({ hasText: 'On it' }).waitFor()
  expect(await thread.getByRole('article').count()).toBe(3)
  await page.getByRole('textbox', { name: 'Reply in #service' }).fill('Coming')
  await page.keyboard.press('Enter')
  await expect.poll(() => deeds('say')).toMatchObject([{ text: 'Coming', thread: mock.state.messages[2]?.ts }])
  await page.keyboard.press('Escape')
  await thread.waitFor({ state: 'detached' })
})

test('buttons act once, ask first where they should, and say what went wrong', async () => {
  const card = article('Northwind')
  await card.getByRole('button', { name: 'Own it' }).click()
  await expect
    .poll(() => deeds('act'))
    .toMatchObject([
      {
        as: 'U1',
        action: 'own',
        block: 'buttons',
        state: { type: 'button', value: '142' },
        target: { in: 'message', channel: 'C1' },
      },
    ])
  await card.getByRole('button', { name: 'Drop it' }).click()
  await dialog('Drop it?').getByRole('button', { name: 'Keep' }).click()
  await card.getByRole('button', { name: 'Drop it' }).click()
  await dialog('Drop it?').waitFor()
  await page.keyboard.press('Escape')
  await dialog('Drop it?').waitFor({ state: 'detached' })
  expect(deeds('act')).toHaveLength(1)
  mock.answer = () => ({ error: 'Amends did not respond in time.' })
  await card.getByRole('button', { name: 'Drop it' }).click()
  await dialog('Drop it?').getByRole('button', { name: 'Drop', exact: true }).click()
  await card.getByRole('alert').getByText('Amends did not respond in time.').waitFor()
  await card.getByRole('button', { name: 'More options' }).click()
  await page.getByRole('menuitem', { name: 'Split' }).click()
  await expect
    .poll(() => deeds('act').at(-1))
    .toMatchObject({ action: 'rare', state: { selected_option: { value: 'split' } } })
})

test('the composer: mentions, new lines, commands, drafts', async () => {
  const box = page.getByRole('textbox', { name: 'Message #service' })
  await box.fill('Hi @lena & @makers <b>')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('see #manufacturing, #142')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => deeds('say'))
    .toMatchObject([{ text: 'Hi @lena & @makers <b>\nsee #manufacturing, #142', channel: 'C1' }])
  await box.fill('/co')
  await page.getByRole('button', { name: '/complaint' }).waitFor()
  await page.keyboard.press('Tab')
  await expect.poll(() => box.inputValue()).toBe('/complaint ')
  await page.keyboard.type('Acme & Sons: late')
  mock.answer = () => ({ error: '/complaint failed because Amends did not respond.' })
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('did not respond').waitFor()
  expect(deeds('command')).toMatchObject([{ text: '/complaint Acme & Sons: late', channel: 'C1' }])
  // Not lost, also when the page is opened again or another channel was looked at.
  await expect.poll(() => box.inputValue()).toBe('/complaint Acme & Sons: late')
  await channelLink('manufacturing').click()
  await page.getByRole('textbox', { name: 'Message #manufacturing' }).fill('half a')
  await page.reload()
  await channelLink('service').click()
  await expect.poll(() => box.inputValue()).toBe('/complaint Acme & Sons: late')
  await box.fill('/nonsense')
  await page.keyboard.press('Enter')
  await page.getByText('/nonsense is not a valid command').waitFor()
  expect(deeds('command')).toHaveLength(1)
})

test('shortcuts: the global one by the composer, the other in a message’s menu', async () => {
  await page.getByRole('button', { name: 'Shortcuts' }).click()
  await page.getByRole('menuitem', { name: 'File a complaint' }).click()
  await expect.poll(() => deeds('global-shortcut')).toMatchObject([{ id: 'file_a_complaint' }])
  const styled = article('Yesterday:')
  await styled.getByRole('button', { name: 'More actions' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'File as complaint' }).waitFor()
  await page.keyboard.press('Enter')
  await expect
    .poll(() => deeds('message-shortcut'))
    .toMatchObject([{ id: 'file_as_complaint', ts: mock.state.messages[0]?.ts }])
})

test('ephemeral messages are marked, and can be dismissed', async () => {
  const mine = article('Only for you')
  await mine.getByText('Only visible to you').waitFor()
  await mine.getByRole('button', { name: 'Dismiss message' }).click()
  await expect.poll(() => deeds('dismiss')).toHaveLength(1)
})

test('every input is found by its label, and what it holds is sent as Slack sends it', async () => {
  await show(FORM)
  mock.answer = (deed) =>
    deed.do === 'suggest'
      ? {
          error: null,
          options: [
            { text: 'Logistics', value: 'log' },
            { text: 'Manufacturing', value: 'mfg' },
          ].filter(({ text }) => text.toLowerCase().includes(deed.typed.toLowerCase())),
        }
      : { error: null }
  const form = dialog('A form')
  await hasFocus(form.getByRole('textbox', { name: 'Customer' }))
  await form.getByRole('button', { name: 'Send' }).click()
  const errors = form.getByRole('alert')
  await errors.first().waitFor()
  expect(await errors.allTextContents()).toEqual(Array(3).fill('Please complete this required field.'))
  expect(deeds('submit')).toEqual([])
  expect(await form.getByRole('textbox', { name: 'Customer' }).getAttribute('aria-describedby')).toContain('error')

  await form.getByRole('textbox', { name: 'Customer' }).fill('Acme')
  expect(await errors.count()).toBe(2)
  expect(await form.getByRole('textbox', { name: 'Customer' }).getAttribute('maxlength')).toBe('20')
  await form.getByRole('combobox', { name: 'Feeling' }).selectOption('Angry')
  await form.getByRole('combobox', { name: 'Cause' }).selectOption('Late')
  await form.getByRole('textbox', { name: 'Words' }).fill('Line 1\nLine 2')
  await form.getByRole('combobox', { name: 'Severity' }).selectOption('Critical')
  await expect
    .poll(() => deeds('act'))
    .toMatchObject([
      {
        target: { in: 'view', view: 'V1' },
        action: 'severity',
        state: { selected_option: { value: 'critical' } },
        values: {
          customer: { customer: { value: 'Acme' } },
          severity: { severity: { selected_option: { value: 'critical' } } },
        },
      },
    ])
  await form.getByRole('combobox', { name: 'Department' }).fill('man')
  await form.getByRole('option', { name: 'Manufacturing' }).waitFor()
  await page.keyboard.press('Enter')
  await form.getByRole('combobox', { name: 'Who goes' }).selectOption('Lena Lindqvist')
  await form.getByRole('radiogroup', { name: 'Fixed?' }).getByRole('radio', { name: 'No' }).check()
  await form.getByRole('group', { name: 'Instead' }).getByRole('checkbox', { name: 'Fixed remotely' }).check()
  expect(await form.getByLabel('When').inputValue()).toBe('2026-01-05T12:00')
  await form.getByLabel('When').fill('2026-01-06T08:30')
  await form.getByLabel('Day').fill('2026-02-03')
  await form.getByLabel('Hour').fill('07:15')
  expect(await form.getByLabel('Photos').isEnabled()).toBe(true)
  await form.getByRole('textbox', { name: 'Customer' }).press('Enter')
  await expect
    .poll(() => deeds('submit'))
    .toMatchObject([
      {
        view: 'V1',
        values: {
          customer: { customer: { type: 'plain_text_input', value: 'Acme' } },
          feeling: { feeling: { type: 'static_select', selected_option: { value: 'angry' } } },
          cause: { cause: { selected_option: { value: 'late' } } },
          words: { words: { value: 'Line 1\nLine 2' } },
          department: { department: { selected_option: { value: 'mfg' } } },
          'who goes': { 'who goes': { selected_user: 'U2' } },
          'fixed?': { 'fixed?': { selected_option: { value: 'no' } } },
          instead: { instead: { selected_options: [{ value: 'fixed remotely' }] } },
          when: { when: { selected_date_time: Date.UTC(2026, 0, 6, 14, 30) / 1000 } },
          day: { day: { selected_date: '2026-02-03' } },
          hour: { hour: { selected_time: '07:15' } },
        },
      },
    ])
  expect(mock.deeds.filter(({ do: what }) => what === 'submit')).toHaveLength(1)
})

test('what was typed stays while its ids stay; what is new starts anew; errors come from the app', async () => {
  const first = [
    input('Customer', { type: 'plain_text_input' }),
    input('Promise', { type: 'plain_text_input', initial_value: '4 h' }),
  ]
  await show(first)
  const form = dialog('A form')
  await form.getByRole('textbox', { name: 'Customer' }).fill('Acme')
  await form.getByRole('textbox', { name: 'Promise' }).fill('5 h')
  const second = [
    first[0] ?? {},
    { ...input('Promise', { type: 'plain_text_input', initial_value: '1 h' }), block_id: 'promise:critical' },
  ]
  await show(second)
  await expect.poll(() => form.getByRole('textbox', { name: 'Promise' }).inputValue()).toBe('1 h')
  expect(await form.getByRole('textbox', { name: 'Customer' }).inputValue()).toBe('Acme')
  await show(first)
  await expect.poll(() => form.getByRole('textbox', { name: 'Promise' }).inputValue()).toBe('4 h')
  mock.answer = () => ({ error: null, errors: { promise: 'That is over already.' } })
  await form.getByRole('button', { name: 'Send' }).click()
  await form.getByRole('alert').getByText('That is over already.').waitFor()
  await hasFocus(form.getByRole('textbox', { name: 'Promise' }))
  expect(await form.getByRole('textbox', { name: 'Customer' }).inputValue()).toBe('Acme')
  mock.answer = () => ({ error: 'We had some trouble connecting. Try again?' })
  await form.getByRole('button', { name: 'Send' }).click()
  await form.getByRole('alert').getByText('trouble connecting').waitFor()
})

test('modals lie on each other; Escape closes the topmost; Tab stays inside', async () => {
  // Before they open: the page may ask for the state at any moment.
  await page.getByRole('button', { name: 'Shortcuts' }).focus()
  mock.state = {
    ...mock.state,
    modals: [
      view(FORM, { title: plain('Below') }),
      view([input('Note', { type: 'plain_text_input' })], { id: 'V2', title: plain('Above') }),
    ],
  }
  mock.answer = (deed) => {
    if (deed.do === 'close')
      mock.state = { ...mock.state, modals: mock.state.modals.filter(({ id }) => id !== deed.view) }
    return { error: null }
  }
  mock.changed()
  await dialog('Above').waitFor()
  for (let n = 0; n < 6; n += 1) {
    await page.keyboard.press('Tab')
    expect(
      await page.evaluate(
        'document.activeElement === document.body || document.activeElement.closest("dialog") !== null',
      ),
    ).toBe(true)
  }
  await page.keyboard.press('Escape')
  await dialog('Below').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  expect(deeds('close')).toMatchObject([{ view: 'V2' }, { view: 'V1' }])
  await hasFocus(page.getByRole('button', { name: 'Shortcuts' }))
})

test('unread channels are marked for the person who has not looked', async () => {
  const mark = channelLink('manufacturing (unread)')
  expect(await mark.count()).toBe(0)
  const fresh = message(-5, { channel: 'C2', text: 'new' })
  const channels = mock.state.channels.map((channel) =>
    channel.id === 'C2' ? { ...channel, newest: fresh.ts } : channel,
  )
  mock.state = { ...mock.state, channels, messages: [...mock.state.messages, fresh] }
  mock.changed()
  await mark.click()
  await mark.waitFor({ state: 'detached' })
  await channelLink('service').click()
  await page.getByRole('combobox', { name: 'Acting as' }).selectOption('Lena Lindqvist, Lead of manufacturing')
  await mark.waitFor()
})

test('the clock and the faults', async () => {
  expect(await page.getByRole('banner').textContent()).toContain('Mon, Jan 5, 9:00 AM CST')
  await page.getByRole('button', { name: 'Next deadline' }).click()
  await expect.poll(() => mock.posted).toEqual([{ path: '/demo/clock', body: { by: 'next-deadline' } }])
  mock.traffic = [
    { at: new Date(NOW).toISOString(), direction: 'to slack', what: 'chat.postMessage', outcome: 'ok', ms: 12 },
  ]
  await page.getByRole('button', { name: 'Faults and traffic' }).click()
  const panel = page.getByRole('complementary', { name: 'Faults and traffic' })
  await panel.getByText('chat.postMessage').waitFor()
  await panel.getByRole('switch', { name: '429s' }).check()
  await expect.poll(() => mock.posted.at(-1)).toEqual({ path: '/demo/faults', body: { fault: '429', on: true } })
})

const HOME = view(
  [
    { type: 'header', text: plain('What I own') },
    {
      ...{ type: 'section', block_id: 's', text: plain('Filter') },
      accessory: { type: 'static_select', action_id: 'f', placeholder: plain('Which'), options: [option('Mine')] },
    },
  ],
  { type: 'home' },
)

test('Home draws what the app published, or says that there is nothing', async () => {
  await page.getByRole('navigation', { name: 'Apps' }).getByRole('link', { name: 'Home' }).click()
  await page.getByText('Amends has put nothing here yet.').waitFor()
  expect(deeds('open-home')).toHaveLength(1)
  mock.state = { ...mock.state, home: HOME }
  mock.changed()
  await page.getByRole('heading', { name: 'What I own' }).waitFor()
  await page.getByRole('combobox', { name: 'Which' }).selectOption('Mine')
  await expect
    .poll(() => deeds('act'))
    .toMatchObject([{ target: { in: 'home' }, action: 'f', state: { selected_option: { value: 'mine' } } }])
})

test.each([
  ['light', {}],
  ['dark', { dark: true }],
  ['narrow', { width: 380, height: 720 }],
] as const)('axe finds nothing serious: %s', async (name, look) => {
  await page.context().close()
  mock.traffic = [
    { at: new Date(NOW).toISOString(), direction: 'to slack', what: 'chat.postMessage', outcome: 'reset', ms: 12 },
  ]
  page = await openPage(browser, mock.url, look)
  await article('Northwind').waitFor()
  const shoot = async (what: string) => {
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}-${what}.png` })
  }
  await page.getByRole('textbox', { name: 'Message #service' }).fill('/')
  await page.getByRole('button', { name: 'Faults and traffic' }).click()
  await page.getByText('chat.postMessage').waitFor()
  await shoot('channel, hint and panel')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Close panel' }).click()
  await page.getByRole('textbox', { name: 'Message #service' }).fill('')
  await article('Northwind').getByRole('button', { name: '2 replies' }).click()
  await page.getByRole('log', { name: 'Thread in #service' }).waitFor()
  await shoot('thread')
  expect(await seriousFaults(page)).toEqual([])
  await page.getByRole('button', { name: 'Close thread' }).click()
  if (name === 'narrow') {
    await page.getByRole('button', { name: 'Channels and people' }).click()
    await shoot('sidebar')
    expect(await seriousFaults(page)).toEqual([])
    await channelLink('service').click()
  }
  await show(FORM)
  await dialog('A form').getByRole('button', { name: 'Send' }).click()
  await dialog('A form').getByRole('alert').first().waitFor()
  await shoot('modal')
  expect(await seriousFaults(page)).toEqual([])
  mock.state = { ...mock.state, modals: [], home: HOME }
  mock.changed()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  if (name === 'narrow') await page.getByRole('button', { name: 'Channels and people' }).click()
  await page.getByRole('navigation', { name: 'Apps' }).getByRole('link', { name: 'Home' }).click()
  await page.getByRole('heading', { name: 'What I own' }).waitFor()
  await shoot('home')
  expect(await seriousFaults(page)).toEqual([])
})

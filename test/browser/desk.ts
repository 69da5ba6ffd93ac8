import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { toLocalField } from '../../src/sandbox/web/text/dates.ts'
import { type Look, openPage } from './browser.ts'
import type { OpenDemo } from './demo.ts'
import { small } from './small.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** As a datetime-local field takes it, in this machine's zone: the pages are in it, too. */
export const local = (date: Date): string => toLocalField(Math.floor(date.getTime() / 1000))

/** Somebody at the page; everything is found as they find it: by role and name. */
export class Desk {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  static async of(browser: Browser, demo: OpenDemo, name: string, look: Look = {}): Promise<Desk> {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
    const desk = new Desk(await openPage(browser, demo.url, { timezone: timeZone, ...look }))
    await desk.page.getByRole('log').waitFor()
    if ((look.width ?? 1280) <= 640) await desk.page.getByRole('button', { name: 'Channels and people' }).click()
    const acting = desk.page.getByRole('combobox', { name: 'Acting as' })
    const label = await acting.getByRole('option').filter({ hasText: name }).textContent()
    await acting.selectOption(label ?? name)
    return desk
  }

  async go(channel: string): Promise<Locator> {
    await this.page
      .getByRole('navigation', { name: 'Channels' })
      .getByRole('link', { name: new RegExp(`^${channel}( |$)`) })
      .click()
    const log = this.page.getByRole('log', { name: `Messages in #${channel}` })
    await log.waitFor()
    return log
  }

  /** The app's direct messages to this person. */
  async messages(): Promise<Locator> {
    await this.page.getByRole('navigation', { name: 'Apps' }).getByRole('link', { name: 'Messages' }).click()
    const log = this.page.getByRole('log', { name: 'Messages in Amends' })
    await log.waitFor()
    return log
  }

  /** The app's Home. */
  async home(): Promise<Locator> {
    await this.page.getByRole('navigation', { name: 'Apps' }).getByRole('link', { name: 'Home' }).click()
    const home = this.page.getByRole('region', { name: 'Home' })
    await home.getByRole('button', { name: 'File a complaint' }).waitFor()
    return home
  }

  /** The buttons of a complaint, in the list of their Home that is called so. */
  rowButtons(list: string, number: number): Locator {
    const inList = `preceding-sibling::h3[1][starts-with(., "${list} (")]`
    return this.page
      .getByRole('region', { name: 'Home' })
      .locator(`xpath=.//div[.//a[starts-with(., "#${number} ")]][${inList}]`)
      .locator('xpath=following-sibling::div[contains(@class, "actions")][1]')
  }

  async say(channel: string, words: string): Promise<void> {
    await this.page.getByRole('textbox', { name: `Message #${channel}` }).fill(words)
    await this.page.keyboard.press('Enter')
  }

  dialog(name: string): Locator {
    return this.page.getByRole('dialog', { name, exact: true })
  }

  /** The card in the channel that is shown. */
  card(number: number): Locator {
    return this.page
      .getByRole('log', { name: /^Messages in/ })
      .getByRole('article')
      .filter({ has: this.page.getByRole('heading', { name: new RegExp(`^#${number} ·`) }) })
      .filter({ has: this.page.getByRole('button', { name: 'More', exact: true }) })
  }

  async thread(number: number): Promise<Locator> {
    await this.card(number)
      .getByRole('button', { name: /^\d+ repl(y|ies)/ })
      .click()
    const log = this.page.getByRole('log', { name: /^Thread in/ })
    await log.waitFor()
    return log
  }

  /** Does what opens a form, and waits for it. */
  async open(name: string, by: () => Promise<unknown>): Promise<Locator> {
    await by()
    const dialog = this.dialog(name)
    await dialog.waitFor()
    return dialog
  }

  /** The form's own button; waits until it is gone, unless it is to stay. */
  async submit(name: string, button: string, { stays = false } = {}): Promise<void> {
    const dialog = this.dialog(name)
    await dialog.getByRole('button', { name: button, exact: true }).click()
    if (!stays) await dialog.waitFor({ state: 'detached' })
  }

  async close(): Promise<void> {
    await this.page.context().close()
  }
}

export const type = (form: Locator, label: string, words: string): Promise<void> =>
  form.getByRole('textbox', { name: label, exact: true }).fill(words)

export const choose = async (form: Locator, label: string, option: string): Promise<void> => {
  await form.getByRole('combobox', { name: label, exact: true }).selectOption(option)
}

export const pick = (form: Locator, label: string, option: string): Promise<void> =>
  form.getByRole('radiogroup', { name: label, exact: true }).getByRole('radio', { name: option, exact: true }).check()

export const set = (form: Locator, label: string, date: Date | null): Promise<void> =>
  form.getByLabel(label, { exact: true }).fill(date === null ? '' : local(date))

/** What stands under this input. */
export const errorUnder = async (form: Locator, label: string): Promise<string> => {
  const field = form.getByLabel(label, { exact: true }).first()
  const id = (await field.getAttribute('aria-describedby'))?.split(' ').find((one) => one.endsWith('-error'))
  return id ? ((await form.locator(`[id="${id}"]`).textContent()) ?? '') : ''
}

export interface Filing {
  readonly customer: string
  readonly words: string
  readonly department: string
  readonly feeling?: string
  readonly severity?: string
  readonly tried?: string
  readonly contact?: string
  readonly reference?: string
}

export async function fillFiling(form: Locator, filing: Filing): Promise<void> {
  await type(form, 'Customer', filing.customer)
  await choose(form, 'How does the customer feel?', filing.feeling ?? 'Frustrated')
  await type(form, "What happened, in the customer's words", filing.words)
  if (filing.tried) await type(form, 'What have they already tried?', filing.tried)
  await choose(form, 'Department that can fix it', filing.department)
  if (filing.severity) await choose(form, 'Severity', filing.severity)
  if (filing.contact) await type(form, 'Who to call back, and how', filing.contact)
  if (filing.reference) await type(form, 'Site, order or part', filing.reference)
}

/** Files with the command, in the channel that is shown; returns the number from the thanks. */
export async function file(desk: Desk, channel: string, filing: Filing): Promise<number> {
  await desk.go(channel)
  const form = await desk.open('File a complaint', () => desk.say(channel, '/complaint'))
  await fillFiling(form, filing)
  await desk.submit('File a complaint', 'File')
  return filedNumber(desk, filing.customer)
}

let newest = 0

/** From the thanks that this person got last. It may still be the one for an earlier complaint, maybe of the same customer. */
export async function filedNumber(desk: Desk, customer: string): Promise<number> {
  const log = desk.page.getByRole('log')
  const thanks = log.getByRole('article').filter({ hasText: 'Filed as #' }).last()
  const isThere = async () => {
    await desk.messages()
    const link = thanks.getByRole('link', { name: /^#\d+$/ })
    const number = Number((await link.textContent())?.slice(1))
    if (number <= newest) return false
    await link.click()
    const title = log.getByRole('heading', { name: `#${number} · ${customer} ·` }).last()
    const found = await title.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    )
    if (found) newest = number
    return found
  }
  await expect.poll(isThere).toBe(true)
  return newest
}

/** Where pictures go; absent: none are taken. */
export const PICTURES = process.env.PICTURES

export async function picture(page: Page, name: string): Promise<void> {
  if (!PICTURES) return
  await mkdir(PICTURES, { recursive: true })
  await writeFile(join(PICTURES, `${name}.png`), small(await page.screenshot({ animations: 'disabled' })))
}

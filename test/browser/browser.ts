import { existsSync } from 'node:fs'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

export const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Debian's Chromium, without anything that calls home. */
export async function startBrowser(): Promise<Browser> {
  if (!existsSync(CHROMIUM))
    throw new Error(`NO CHROMIUM at ${CHROMIUM}: apt-get install chromium, or say where it is with CHROMIUM=…`)
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
    ],
  })
}

export interface Look {
  readonly dark?: boolean
  readonly width?: number
  readonly height?: number
  readonly timezone?: string
}

/** A window of its own: its marks, drafts and person are its own, too. */
export async function openPage(browser: Browser, url: string, look: Look = {}): Promise<Page> {
  const { dark = false, width = 1280, height = 860, timezone = 'America/Chicago' } = look
  const context: BrowserContext = await browser.newContext({
    ...{ viewport: { width, height }, timezoneId: timezone, locale: 'en-US', reducedMotion: 'reduce' },
    colorScheme: dark ? 'dark' : 'light',
  })
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  await page.goto(url)
  return page
}

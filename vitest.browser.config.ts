import { defineConfig } from 'vitest/config'

/** The demo's page in a real browser: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: ['test/browser/globalSetup.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // A busy machine is slow, and nothing here measures how fast it is.
    testTimeout: 300_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 180_000 } },
  },
})

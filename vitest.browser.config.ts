import { defineConfig } from 'vitest/config'

/** The demo's page in a real browser: `npm run test:browser`. */
export default defineConfig({
  test: {
    include: ['test/browser/**/*.browser.ts'],
    globalSetup: ['test/browser/globalSetup.ts'],
    pool: 'forks',
    // One browser and one demo at a time.
    fileParallelism: false,
    testTimeout: 900_000,
    // A busy machine is slow, and nothing here measures how fast it is.
    expect: { poll: { timeout: 30_000 } },
    hookTimeout: 330_000,
  },
})

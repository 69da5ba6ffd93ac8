import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    pool: 'forks',
    // Files share what a worker has loaded: loading it took a fifth of the run.
    isolate: false,
    // Most of the code runs a few times only. Compiling it at once, never anew, and collecting less often saves a tenth.
    execArgv: ['--always-sparkplug', '--liftoff-only', '--max-semi-space-size=64'],
    // Much of the time is spent waiting for databases and sockets.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

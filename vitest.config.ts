import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/globalSetup.ts'],
    pool: 'forks',
    // Files share what a worker has loaded: loading it took a fifth of the run.
    isolate: false,
    // Most of the code runs a few times only. Compiling it at once, optimizing little of it, and collecting less often and
    // without threads of its own (every processor is busy) saves a fifth.
    execArgv: [
      ...['--always-sparkplug', '--liftoff-only', '--interrupt-budget=600000'],
      ...['--max-semi-space-size=64', '--single-threaded-gc'],
    ],
    // Much of the time is spent waiting for databases and sockets.
    maxWorkers: 3,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})

import { defineConfig } from 'vite'

/** The demo's page; `npm run demo` serves what this builds. */
export default defineConfig({
  root: 'src/sandbox/web',
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../../../dist/sandbox/page', emptyOutDir: true, target: 'es2022' },
  logLevel: 'warn',
})

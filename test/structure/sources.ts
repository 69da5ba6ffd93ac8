import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export interface Source {
  /** From the project's root: `src/slack/router.ts`. */
  readonly path: string
  readonly text: string
  /** The same without comments. */
  readonly code: string
  /** Where each import leads: a path of ours from the root, or a package. */
  readonly imports: readonly string[]
}

/** Comments of a whole line, or of several; what stands behind code on its line stays. */
const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')

const IMPORT =
  /^\s*(?:import|export)\b[^'"`;=]*?\bfrom\s*'([^'\n]+)'|^\s*import\s*'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'\s*\)|\brequire\.resolve\('([^'\n]+)'\)/gm

export function sourceOf(path: string): Source {
  const text = readFileSync(join(ROOT, path), 'utf8')
  const code = withoutComments(text)
  const imports = [...code.matchAll(IMPORT)].map(([, from, bare, dynamic, resolved]) => {
    const named = from ?? bare ?? dynamic ?? resolved ?? ''
    return named.startsWith('.') ? normalize(join(dirname(path), named)) : named
  })
  return { path, text, code, imports }
}

/** Every file under a folder of the project, with these endings. */
export const sourcesIn = (folder: string, ends = /\.ts$/): Source[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ends.test(entry.name))
    .map((entry) => sourceOf(relative(ROOT, join(entry.parentPath, entry.name))))
    .sort((a, b) => a.path.localeCompare(b.path))

/** `slack` of `src/slack/router.ts`; `main.ts` of `src/main.ts`. */
export const roomOf = (path: string): string => path.split('/')[1] ?? path

export const packageJson = (): {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  scripts: Record<string, string>
} => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))

/** `@slack/web-api` of `@slack/web-api/dist/x`. */
export const packageOf = (imported: string): string =>
  imported
    .split('/')
    .slice(0, imported.startsWith('@') ? 2 : 1)
    .join('/')

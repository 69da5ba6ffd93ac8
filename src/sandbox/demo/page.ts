import { spawn } from 'node:child_process'
import { readdir, readFile, stat } from 'node:fs/promises'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const SOURCE = join(ROOT, 'src/sandbox/web')
const BUILT = join(ROOT, 'dist/sandbox/page')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.map': 'application/json',
  '.woff2': 'font/woff2',
}

async function newest(path: string): Promise<number> {
  const about = await stat(path)
  if (!about.isDirectory()) return about.mtimeMs
  const inside = await readdir(path)
  return Math.max(0, ...(await Promise.all(inside.map((name) => newest(join(path, name))))))
}

/** Whether the page must be built: it was not yet, or its source is newer. Without its source it is as it is. */
export async function isStale(): Promise<boolean> {
  const built = await newest(join(BUILT, 'index.html')).catch(() => 0)
  const parts = [SOURCE, join(ROOT, 'vite.config.ts'), join(ROOT, 'package-lock.json')]
  const changed = await Promise.all(parts.map((part) => newest(part).catch(() => 0)))
  return Math.max(...changed) > built
}

/** Builds the page, on the side; the process does not outlive `signal`. */
export function buildPage(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const vite = spawn(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), 'build'], {
      ...{ cwd: ROOT, signal, stdio: ['ignore', 'ignore', 'pipe'] },
    })
    let said = ''
    vite.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    vite.on('error', reject)
    vite.on('close', (code) => (code === 0 ? resolve() : reject(new Error(said.trim() || `vite ended with ${code}`))))
  })
}

/** A file of the page, or null. */
export async function pageFile(path: string): Promise<{ type: string; body: Buffer } | null> {
  const inside = normalize(path === '/' ? '/index.html' : path)
  if (inside.includes('..') || inside.includes('\0')) return null
  const body = await readFile(join(BUILT, inside)).catch(() => null)
  return body && { type: TYPES[extname(inside)] ?? 'application/octet-stream', body }
}

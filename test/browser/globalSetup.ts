import { build } from 'vite'

/** The page, as it is now. */
export async function setup(): Promise<void> {
  await build({ configFile: 'vite.config.ts' })
}

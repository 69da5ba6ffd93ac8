import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Json } from '../../json.ts'
import type { Done, ElementState } from '../contract.ts'

/** What blocks stand on: a message, a modal or Home. */
export interface Surface {
  /** What an element holds now; undefined where nobody has touched it and nothing was said about it. */
  valueOf(block: Json, element: Json): ElementState | undefined
  /** It was changed; `tells` says whether the app hears of it at once. */
  change(block: Json, element: Json, state: ElementState, tells: boolean): void
  /** Something that holds nothing was used: a button, an overflow menu. */
  use(block: Json, element: Json, state: ElementState): void
  suggest(block: Json, element: Json, typed: string): Promise<NonNullable<Done['options']>>
  /** What stands under an input. */
  errorOf(block: Json): string | undefined
  /** The app has yet to answer for this one. */
  isBusy(block: Json, element: Json): boolean
}

export const SurfaceContext = createContext<Surface | null>(null)

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext)
  if (!surface) throw new Error('These blocks stand on nothing')
  return surface
}

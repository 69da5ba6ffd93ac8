import { isJson, type Json, objects, text } from '../json.ts'
import type { ElementState } from './contract.ts'

type Entries = Record<string, Record<string, ElementState>>

interface Stored {
  drafts: Record<string, string>
  /** By view, block_id and action_id: what was entered and not yet sent. */
  entries: Record<string, Entries>
}

/** The elements of a view that a person uses, with their blocks. */
export function elementsOf(blocks: readonly Json[]): { block: Json; element: Json }[] {
  return blocks.flatMap((block) =>
    [block.element, block.accessory, ...objects(block.elements)]
      .filter(isJson)
      .filter((element) => text(element.action_id) !== '')
      .map((element) => ({ block, element })),
  )
}

/** Unsent words and unsubmitted entries of this tab: they outlive refreshes of the state, and of the page. */
export class Kept {
  private readonly key = 'amends-demo-kept'
  private readonly stored: Stored
  private readonly listeners = new Set<() => void>()

  constructor() {
    let stored: Partial<Stored> = {}
    try {
      stored = JSON.parse(sessionStorage.getItem(this.key) ?? '{}') as Partial<Stored>
    } catch {
      // Somebody else's words under our key: start over.
    }
    this.stored = { drafts: stored.drafts ?? {}, entries: stored.entries ?? {} }
  }

  draft(where: string): string {
    return this.stored.drafts[where] ?? ''
  }

  setDraft(where: string, words: string): void {
    if (words === '') delete this.stored.drafts[where]
    else this.stored.drafts[where] = words
    this.save()
  }

  entries(view: string): Entries {
    return this.stored.entries[view] ?? {}
  }

  enter(view: string, block: string, action: string, state: ElementState): void {
    const entries = this.entries(view)
    this.stored.entries[view] = { ...entries, [block]: { ...entries[block], [action]: state } }
    this.save()
  }

  /**
   * After a view was drawn again: what was entered stays where block_id, action_id and type are still there; an input
   * that went away starts anew when it comes back. What belonged to a closed view goes.
   */
  prune(views: readonly { readonly id: string; readonly blocks: readonly Json[] }[], owner: string): void {
    for (const [view, entries] of Object.entries(this.stored.entries)) {
      const shown = views.find(({ id }) => id === view)
      if (!shown) {
        if (this.owners.get(view) === owner) delete this.stored.entries[view]
        continue
      }
      const here = elementsOf(shown.blocks)
      const kept: Entries = {}
      for (const [block, actions] of Object.entries(entries)) {
        for (const [action, state] of Object.entries(actions)) {
          const still = here.some(
            (one) =>
              one.block.block_id === block && one.element.action_id === action && one.element.type === state.type,
          )
          if (still) kept[block] = { ...kept[block], [action]: state }
        }
      }
      this.stored.entries[view] = kept
    }
    for (const { id } of views) this.owners.set(id, owner)
    this.save(false)
  }

  private readonly owners = new Map<string, string>()

  private save(tell = true): void {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.stored))
    } catch {
      // Full, or not allowed: it is kept until the page goes.
    }
    if (tell) for (const listener of this.listeners) listener()
  }

  /** Returns what ends it. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

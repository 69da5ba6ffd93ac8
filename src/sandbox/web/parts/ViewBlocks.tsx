import { text } from '../../json.ts'
import type { SandboxView } from '../../types.ts'
import { Blocks } from '../blocks/Blocks.tsx'
import { type Surface, SurfaceContext } from '../blocks/surface.ts'
import { useActing } from '../blocks/useActing.tsx'
import type { Target, Values } from '../contract.ts'
import { useKept } from '../demo.ts'
import { elementsOf, type Kept } from '../kept.ts'

/** All that stands in a view by now: what the app began with or was told of, and over it what was entered here. */
export function valuesOf(view: SandboxView, kept: Kept): Values {
  const entered = kept.entries(view.id)
  const values: Record<string, Record<string, Record<string, unknown>>> = {}
  for (const { block, element } of elementsOf(view.blocks)) {
    const blockId = text(block.block_id)
    const actionId = text(element.action_id)
    const state = entered[blockId]?.[actionId] ?? view.state.values[blockId]?.[actionId]
    if (state) values[blockId] = { ...values[blockId], [actionId]: state }
  }
  return values
}

interface Props {
  readonly view: SandboxView
  readonly target: Target
  readonly where: string
  /** By block_id. */
  readonly errors: Readonly<Record<string, string>>
  /** An input was changed: what was wrong with it may not be any more. */
  changed?(block: string): void
}

/** The blocks of a modal or of Home. What is entered stays until it is sent or the view goes. */
export function ViewBlocks({ view, target, where, errors, changed }: Props) {
  const kept = useKept()
  const values = valuesOf(view, kept)
  const { dialog, ...acting } = useActing(target, where, ({ block, element, state }) => {
    const blockId = text(block.block_id)
    const now = valuesOf(view, kept)
    const holds = state.type !== 'button' && state.type !== 'overflow'
    return holds ? { ...now, [blockId]: { ...now[blockId], [text(element.action_id)]: state } } : now
  })
  const surface: Surface = {
    ...acting,
    valueOf: (block, element) => values[text(block.block_id)]?.[text(element.action_id)],
    change: (block, element, state, tells) => {
      kept.enter(view.id, text(block.block_id), text(element.action_id), state)
      changed?.(text(block.block_id))
      if (tells) acting.use(block, element, state)
    },
    errorOf: (block) => errors[text(block.block_id)],
  }
  return (
    <SurfaceContext.Provider value={surface}>
      <Blocks blocks={view.blocks} />
      {dialog}
    </SurfaceContext.Provider>
  )
}

import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { isJson, type Json, text } from '../../json.ts'
import type { ElementState, Target, Values } from '../contract.ts'
import { useDemo } from '../demo.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import type { Surface } from './surface.ts'

const keyOf = (block: Json, element: Json): string => `${text(block.block_id)} ${text(element.action_id)}`

type Acting = Pick<Surface, 'use' | 'suggest' | 'isBusy'> & { readonly dialog: ComponentChildren }

/** How what is used here reaches the app: after its confirmation, one at a time, its trouble noted at `where`. */
export function useActing(
  target: Target,
  where: string,
  values?: (with_: { block: Json; element: Json; state: ElementState }) => Values,
): Acting {
  const { perform, note } = useDemo()
  const [busy, setBusy] = useState<readonly string[]>([])
  const [asking, setAsking] = useState<{ confirm: Json; go: () => void } | null>(null)

  const send = async (block: Json, element: Json, state: ElementState) => {
    const key = keyOf(block, element)
    setBusy((before) => [...before, key])
    const all = values?.({ block, element, state })
    await perform(
      {
        ...{ do: 'act', target, block: text(block.block_id), action: text(element.action_id), state },
        ...(all ? { values: all } : {}),
      },
      where,
    )
    setBusy((before) => before.filter((one) => one !== key))
  }

  return {
    use: (block, element, state) => {
      const { confirm } = element
      if (isJson(confirm)) setAsking({ confirm, go: () => void send(block, element, state) })
      else void send(block, element, state)
    },
    suggest: async (block, element, typed) => {
      const ids = { block: text(block.block_id), action: text(element.action_id) }
      const done = await perform({ do: 'suggest', target, ...ids, typed }, where)
      if (done.error) note(where, done.error)
      return done.options ?? []
    },
    isBusy: (block, element) => busy.includes(keyOf(block, element)),
    dialog: asking && (
      <ConfirmDialog
        confirm={asking.confirm}
        answer={(yes) => {
          setAsking(null)
          if (yes) asking.go()
        }}
      />
    ),
  }
}

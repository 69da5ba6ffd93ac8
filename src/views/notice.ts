import type { KnownBlock, ModalView } from '@slack/types'
import { modal } from './inputs.ts'

/** A message where there is no channel to show it in. */
export const noticeModal = (said: { readonly blocks: readonly KnownBlock[] }): ModalView =>
  modal({ title: 'Amends', blocks: [...said.blocks], metadata: {} })

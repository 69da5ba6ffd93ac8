import type { ModalView } from '@slack/types'
import { goesToLeads } from '../complaint/handing.ts'
import type { Setup } from '../complaint/setup.ts'
import type { Complaint } from '../complaint/types.ts'
import { context } from './blocks.ts'
import { MODALS, OPTIONS } from './ids.ts'
import { input, modal, textInput } from './inputs.ts'
import { departmentSelect } from './options.ts'
import { escaped } from './text.ts'
import { departmentName } from './words.ts'

/** "Hand over #142": to which other department, and why. It knows how often it was handed over when it was opened. */
export function handOverModal(complaint: Complaint, { setup }: { readonly setup: Setup }): ModalView {
  const { number, department, handOvers } = complaint
  const others = setup.departments.filter(({ key }) => key !== department)
  const here = escaped(departmentName(setup, department))
  return modal({
    title: `Hand over #${number}`,
    submit: { label: 'Hand over', as: MODALS.handOver },
    metadata: { complaint: number, handOvers },
    blocks: [
      ...(goesToLeads(complaint)
        ? [
            context(
              `The leads of both departments are called to settle who takes it. Until then it stays with ${here}.`,
            ),
          ]
        : []),
      input(
        { field: 'department', label: 'Department' },
        departmentSelect({ ...setup, departments: others }, OPTIONS.department),
      ),
      textInput({ field: 'reason', label: 'Reason', multiline: true, hint: 'Whoever takes it on reads this first.' }),
    ],
  })
}

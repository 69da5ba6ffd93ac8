import type { ModalView } from '@slack/types'
import type { Customer } from '../complaint/customer.ts'
import type { Complaint } from '../complaint/types.ts'
import { MODALS, OPTIONS } from './ids.ts'
import { input, modal, textInput } from './inputs.ts'
import { bold, para, rich, t } from './rich.ts'

/** "Merge customer": who this customer really is, or what to call them. */
export const mergeCustomerModal = ({ number }: Complaint, customer: Customer): ModalView =>
  modal({
    title: 'Merge customer',
    submit: { label: 'Merge customer', as: MODALS.mergeCustomer },
    metadata: { complaint: number },
    blocks: [
      rich(
        para(
          bold(customer.name),
          t(
            '. All its complaints count as the customer’s you choose. What was written on them stays, and the next one filed under this name finds that customer.',
          ),
        ),
      ),
      input(
        { field: 'into', label: 'Into which customer', optional: true },
        { type: 'external_select', action_id: OPTIONS.customer, min_query_length: 0 },
      ),
      textInput({
        field: 'name',
        label: 'Call the customer',
        optional: true,
        hint: 'A new name; with a customer chosen above, for both from now on.',
      }),
    ],
  })

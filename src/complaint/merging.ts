import type { Command } from './commands.ts'
import { type Decision, Draft, line, refuse, type Situation } from './decision.ts'
import type { Complaint } from './types.ts'
import { checkText } from './words.ts'

/** Two customers are one from now on. What reporters wrote stays on their complaints; closed ones count as well. */
export function mergeCustomer(
  complaint: Complaint,
  { by, customer, into }: Extract<Command, { kind: 'merge-customer' }>,
  { now }: Situation,
): Decision {
  if (customer.id === into.id) return refuse({ kind: 'same-customer', field: 'into' })
  const draft = new Draft(complaint, now, by)
  draft.record({ kind: 'customer-merged', customer: customer.name, into: into.name }, line)
  return draft.done()
}

/** The customer is called something else from now on, and is still found by every name it had. */
export function renameCustomer(
  complaint: Complaint,
  { by, customer, name }: Extract<Command, { kind: 'rename-customer' }>,
  { now }: Situation,
): Decision {
  const fault = checkText('name', name, true)
  if (fault) return refuse(fault)
  const draft = new Draft(complaint, now, by)
  if (name === customer.name) return draft.done('same card')
  draft.record({ kind: 'customer-renamed', before: customer.name, after: name }, line)
  return draft.done()
}

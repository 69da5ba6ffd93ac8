import { VISIBLE } from './customer.ts'
import type { Field, Refusal } from './refusals.ts'
import type { Report } from './types.ts'

/** Longest text each field takes, in UTF-16 code units, as PRODUCT names them. */
export const TEXT_LIMITS = {
  customer: 120,
  words: 3000,
  tried: 3000,
  contact: 200,
  reference: 200,
  parts: 200,
  said: 3000,
  done: 3000,
  reason: 500,
  amount: 40,
  note: 1000,
  name: 120,
  correctiveAction: 1000,
  whyNone: 1000,
  changed: 3000,
  proof: 500,
  original: 20,
} as const satisfies Partial<Record<Field, number>>

/** A card shows no more of the words, and of what was tried; what is no longer stands on it in full. */
export const SHOWN_ON_CARD = 1_200

export type TextField = keyof typeof TEXT_LIMITS

/** Text that shows something: neither empty nor made of white space and invisible characters alone. */
export const hasWords = (text: string | null): text is string => text !== null && VISIBLE.test(text)

export function checkText(field: TextField, text: string | null, required: boolean): Refusal | null {
  if (required && !hasWords(text)) return { kind: 'missing', field }
  const limit = TEXT_LIMITS[field]
  return text !== null && text.length > limit ? { kind: 'too-long', field, limit } : null
}

/** Every fault of a report, so that each stands under its field at once. */
export function checkReport(report: Report): Refusal[] {
  return [
    checkText('customer', report.customer, true),
    checkText('words', report.words, true),
    checkText('tried', report.tried, false),
    checkText('contact', report.contact, false),
    checkText('reference', report.reference, false),
  ].filter((fault) => fault !== null)
}

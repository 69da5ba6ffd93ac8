import type { Setup } from '../../complaint/setup.ts'
import { parseConfig } from '../../config/parse.ts'

/*
 * Kettle & Vance Fittings makes brass pipe fittings for plumbers and builders' merchants: some sixty people, of whom six
 * are on Slack here. Ids are fixed, so that they mean the same in the database after a restart.
 */

export const TEAM = 'Kettle & Vance Fittings'
export const HOME = 'https://kettle-vance.slack.com/'

export const PEOPLE = [
  { id: 'U0MARTA0001', name: 'marta', realName: 'Marta Quinn', role: 'Lead of customer service' },
  { id: 'U0OWEN00001', name: 'owen', realName: 'Owen Hale', role: 'Lead of order entry' },
  { id: 'U0PRIYA0001', name: 'priya', realName: 'Priya Raman', role: 'Lead of the warehouse' },
  { id: 'U0INES00001', name: 'ines', realName: 'Ines Costa', role: 'Lead of manufacturing' },
  { id: 'U0SAM000001', name: 'sam', realName: 'Sam Okoro', role: 'Fitter in manufacturing' },
  { id: 'U0THEO00001', name: 'theo', realName: 'Theo Lind', role: 'Lead of product design' },
] as const

export type Who = (typeof PEOPLE)[number]['name']

export const CHANNELS = [
  { id: 'C0SERVICE01', name: 'service', topic: 'Who rang, and what they said' },
  { id: 'C0ORDERS001', name: 'order-entry', topic: 'Orders, prices, part numbers' },
  { id: 'C0WAREHOUS1', name: 'warehouse', topic: 'Picking, packing, lorries' },
  { id: 'C0MANUFACT1', name: 'manufacturing', topic: 'Foundry, threading, final inspection' },
  { id: 'C0DESIGN001', name: 'design', topic: 'Drawings and instructions' },
  { id: 'C0COMPANY01', name: 'company', topic: 'Everybody at Kettle & Vance' },
  { id: 'C0OPS000001', name: 'ops', topic: 'What Amends could not deliver where it belongs' },
] as const

export type Where = (typeof CHANNELS)[number]['name']

export const USERGROUPS = [{ id: 'S0FITTERS01', handle: 'fitters', users: ['ines', 'sam'] }]

const person = (who: Who): string => PEOPLE.find(({ name }) => name === who)?.id ?? who
const channel = (where: Where): string => CHANNELS.find(({ name }) => name === where)?.id ?? where

const office = (timezone: string) => ({ timezone, week: 'mon-fri 08:00-18:00' })

/** Nights and weekends Sam has the telephone. */
const works = (timezone: string) => ({
  ...{ timezone, week: 'mon-fri 07:00-17:00' },
  onCall: [{ person: person('sam'), week: 'mon-sun 00:00-24:00' }],
})

/** The same text that `amends config apply` takes; the policy is the default one, but for war rooms. */
const config = (timezone: string) => ({
  timezone,
  admins: [person('marta')],
  channels: { company: channel('company'), fallback: channel('ops') },
  departments: [
    {
      ...{ key: 'service', name: 'Customer service', kind: 'service', channel: channel('service') },
      ...{ lead: person('marta'), members: [person('marta')], hours: office(timezone) },
    },
    {
      ...{ key: 'order-entry', name: 'Order entry', kind: 'fixer', channel: channel('order-entry') },
      ...{ lead: person('owen'), members: [person('owen')], authority: 250, hours: office(timezone) },
    },
    {
      ...{ key: 'warehouse', name: 'Warehouse', kind: 'fixer', channel: channel('warehouse') },
      ...{ lead: person('priya'), members: [person('priya')], authority: 250, hours: works(timezone) },
    },
    {
      ...{ key: 'manufacturing', name: 'Manufacturing', kind: 'fixer', channel: channel('manufacturing') },
      ...{ lead: person('ines'), deputy: person('sam'), group: 'S0FITTERS01', authority: 500, hours: works(timezone) },
      levels: [{ name: 'Tool room', person: person('ines') }],
    },
    {
      ...{ key: 'design', name: 'Product design', kind: 'design', channel: channel('design') },
      ...{ lead: person('theo'), members: [person('theo')], hours: office(timezone) },
    },
  ],
  policy: { warRoom: { critical: true } },
  rootCauses: [
    {
      ...{ key: 'product', name: 'Product' },
      children: [
        { key: 'thread-tolerance', name: 'Thread out of tolerance', origin: 'manufacturing' },
        { key: 'porous-casting', name: 'Porous casting', origin: 'manufacturing' },
        { key: 'seal-wears', name: 'Seal wears early', origin: 'design' },
        { key: 'unclear-instructions', name: 'Unclear fitting instructions', origin: 'design' },
      ],
    },
    {
      ...{ key: 'order', name: 'Order' },
      children: [
        { key: 'transposed-number', name: 'Part number transposed at order entry', origin: 'order-entry' },
        { key: 'wrong-address', name: 'Wrong address on the order', origin: 'order-entry' },
        { key: 'wrong-price', name: 'Price not as agreed', origin: 'order-entry' },
      ],
    },
    {
      ...{ key: 'delivery', name: 'Delivery' },
      children: [
        { key: 'wrong-pick', name: 'Wrong part picked', origin: 'warehouse' },
        { key: 'short-count', name: 'Short count', origin: 'warehouse' },
        { key: 'packing-damage', name: 'Damaged in packing', origin: 'warehouse' },
      ],
    },
    {
      ...{ key: 'promise', name: 'Promise' },
      children: [{ key: 'over-promised', name: 'Promised what we could not keep', origin: 'service' }],
    },
  ],
})

export function companySetup(timezone: string): Setup {
  const read = parseConfig(JSON.stringify(config(timezone)))
  if (!read.ok) throw new Error(`The demo's company: ${read.faults.join('; ')}`)
  return read.setup
}

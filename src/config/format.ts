import { Document, isMap, isScalar, Scalar, visit } from 'yaml'
import type { Department, Hours, Level, Policy, RootCause, Setup } from '../complaint/setup.ts'
import { formatDuration } from './durations.ts'

/** A setup as the file writes it: keys in the file's order, durations as text, nothing that is not set. */
export type Written = { readonly [key: string]: unknown }

const ON_ONE_LINE = new Set([
  ...['hours', 'callback', 'remind', 'ladder', 'silence', 'flaw', 'action', 'digest'],
  ...['makeGood', 'repeat', 'away', 'warRoom', 'evidence', 'retention'],
])

/** The setup as plain data in the form of the file. */
export function written(setup: Setup): Written {
  return {
    timezone: setup.timezone,
    currency: setup.currency,
    admins: [...setup.admins],
    ...(setup.confidential.length > 0 && { confidential: [...setup.confidential] }),
    channels: { company: setup.channels.company, fallback: setup.channels.fallback },
    departments: setup.departments.map(writtenDepartment),
    rootCauses: setup.rootCauses.map(writtenCause),
    policy: writtenPolicy(setup.policy),
    digest: { day: setup.digest.day, time: setup.digest.time },
  }
}

/**
 * The setup as the YAML file that puts it in force; `parseConfig` reads the same setup back.
 * Throws where a duration is no whole number of seconds, which no file can say.
 */
export function formatConfig(setup: Setup): string {
  const document = new Document(written(setup), { aliasDuplicateObjects: false })
  visit(document, {
    // Leaves of the tree and levels on a line each, and lists of plain words.
    Map: (_, node) => {
      if (node.has('name') && !node.has('kind') && !node.has('children')) node.flow = true
    },
    Seq: (_, node) => {
      if (node.items.every((item) => isScalar(item))) node.flow = true
    },
    Pair: (_, { key, value }) => {
      const name = isScalar(key) ? String(key.value) : ''
      if (ON_ONE_LINE.has(name) && isMap(value)) value.flow = true
      // Plain 09:00 is a number to YAML 1.1 readers.
      if (name === 'time' && isScalar(value)) value.type = Scalar.QUOTE_DOUBLE
      if (name === 'week' && isScalar(value)) value.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ lineWidth: 0 })
}

const durations = (list: readonly number[]): string[] => list.map(formatDuration)

function writtenDepartment(department: Department): Written {
  return {
    key: department.key,
    name: department.name,
    kind: department.kind,
    channel: department.channel,
    ...(department.lead !== null && { lead: department.lead }),
    ...(department.deputy !== null && { deputy: department.deputy }),
    ...(department.group !== null && { group: department.group }),
    ...(department.members.length > 0 && { members: [...department.members] }),
    ...(department.levels.length > 0 && { levels: department.levels.map(writtenLevel) }),
    ...(department.authority !== null && { authority: department.authority }),
    ...(department.hours !== null && { hours: writtenHours(department.hours) }),
  }
}

const writtenLevel = ({ name, group, person }: Level): Written => ({
  name,
  ...(group !== null && { group }),
  ...(person !== null && { person }),
})

const writtenHours = ({ timezone, week, holidays, off, open, onCall }: Hours): Written => ({
  timezone,
  week,
  ...(holidays !== null && { holidays }),
  ...(off.length > 0 && { off: [...off] }),
  ...(open.length > 0 && { open: [...open] }),
  ...(onCall.length > 0 && { onCall: onCall.map(({ person, week }) => ({ person, week })) }),
})

function writtenCause(cause: RootCause): Written {
  return {
    key: cause.key,
    name: cause.name,
    ...(cause.origin !== null && { origin: cause.origin }),
    ...(cause.children.length > 0 && { children: cause.children.map(writtenCause) }),
  }
}

function writtenPolicy(policy: Policy): Written {
  const { response, callback, remind, ladder, silence, flaw, action, makeGood, away, warRoom, evidence, retention } =
    policy
  return {
    response: formatDuration(response),
    callback: {
      normal: formatDuration(callback.normal),
      serious: formatDuration(callback.serious),
      critical: formatDuration(callback.critical),
    },
    remind: {
      response: durations(remind.response),
      callback: durations(remind.callback),
      overdueEvery: formatDuration(remind.overdueEvery),
    },
    ladder: {
      normal: durations(ladder.normal),
      ...(ladder.serious && { serious: durations(ladder.serious) }),
      critical: durations(ladder.critical),
    },
    silence: { ask: formatDuration(silence.ask), release: formatDuration(silence.release) },
    flaw: { complaints: flaw.complaints, within: formatDuration(flaw.within) },
    action: {
      remind: durations(action.remind),
      overdueEvery: formatDuration(action.overdueEvery),
      watch: formatDuration(action.watch),
    },
    handOvers: policy.handOvers,
    makeGood: { criticalFactor: makeGood.criticalFactor, answer: formatDuration(makeGood.answer) },
    repeat: { within: formatDuration(policy.repeat.within) },
    away: { statuses: [...away.statuses], doNotDisturb: away.doNotDisturb },
    warRoom: { critical: warRoom.critical, people: [...warRoom.people] },
    evidence: { types: [...evidence.types], maxMegabytes: evidence.maxMegabytes },
    ...(retention.words !== null && { retention: { words: formatDuration(retention.words) } }),
  }
}

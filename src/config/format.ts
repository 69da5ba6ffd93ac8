import { Document, isMap, isScalar, Scalar, visit } from 'yaml'
import type { Department, Policy, RootCause, Setup } from '../complaint/setup.ts'
import { formatDuration } from './durations.ts'

/** A setup as the file writes it: keys in the file's order, durations as text, nothing that is not set. */
export type Written = { readonly [key: string]: unknown }

const ON_ONE_LINE = new Set(['hours', 'callback', 'remind', 'ladder', 'silence', 'flaw', 'digest'])

/** The setup as plain data in the form of the file. */
export function written(setup: Setup): Written {
  return {
    timezone: setup.timezone,
    admins: [...setup.admins],
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
    // Leaves of the tree on a line each, and lists of plain words.
    Map: (_, node) => {
      if (node.has('key') && !node.has('kind') && !node.has('children')) node.flow = true
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
    ...(department.group !== null && { group: department.group }),
    ...(department.authority !== null && { authority: department.authority }),
    ...(department.hours !== null && {
      hours: {
        timezone: department.hours.timezone,
        week: department.hours.week,
        ...(department.hours.holidays !== null && { holidays: department.hours.holidays }),
      },
    }),
  }
}

function writtenCause(cause: RootCause): Written {
  return {
    key: cause.key,
    name: cause.name,
    ...(cause.origin !== null && { origin: cause.origin }),
    ...(cause.children.length > 0 && { children: cause.children.map(writtenCause) }),
  }
}

function writtenPolicy({ response, callback, remind, ladder, silence, flaw }: Policy): Written {
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
    ladder: { normal: durations(ladder.normal), critical: durations(ladder.critical) },
    silence: { ask: formatDuration(silence.ask), release: formatDuration(silence.release) },
    flaw: { complaints: flaw.complaints, within: formatDuration(flaw.within) },
  }
}

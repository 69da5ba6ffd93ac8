/**
 * What a workspace has put in force: departments, root causes, policy. Pure data, read by the rules and the views.
 * Durations are milliseconds; ids are Slack's.
 */

export const DEPARTMENT_KINDS = ['service', 'fixer', 'design'] as const
export type DepartmentKind = (typeof DEPARTMENT_KINDS)[number]

export const SEVERITIES = ['normal', 'serious', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

export interface Hours {
  readonly timezone: string
  /** As written in the configuration: `mon-fri 07:00-16:00`. */
  readonly week: string
  /** ISO 3166 country, with a region where one is meant: `US`, `US-CA`. */
  readonly holidays: string | null
}

export interface Department {
  /** Stable for ever; the name and the channel may change. */
  readonly key: string
  readonly name: string
  readonly kind: DepartmentKind
  readonly channel: string
  readonly lead: string | null
  /** The usergroup to call. */
  readonly group: string | null
  /** Make-good limit, in the workspace's currency. */
  readonly authority: number | null
  readonly hours: Hours | null
}

export interface RootCause {
  readonly key: string
  readonly name: string
  /** The department where this cause usually arises; leaves only. */
  readonly origin: string | null
  /** Empty for a leaf. */
  readonly children: readonly RootCause[]
}

export interface Policy {
  /** From the moment the customer told us to somebody standing there. */
  readonly response: number
  /** The callback promise a complaint starts with, by severity. */
  readonly callback: Readonly<Record<Severity, number>>
  readonly remind: {
    /** How long before the response deadline, longest first. */
    readonly response: readonly number[]
    /** How long before a promised callback, longest first. */
    readonly callback: readonly number[]
    readonly overdueEvery: number
  }
  readonly ladder: { readonly normal: readonly number[]; readonly critical: readonly number[] }
  readonly silence: { readonly ask: number; readonly release: number }
  readonly flaw: { readonly complaints: number; readonly within: number }
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export interface Setup {
  /** IANA zone in which the workspace's weeks begin. */
  readonly timezone: string
  readonly admins: readonly string[]
  readonly channels: { readonly company: string; readonly fallback: string }
  readonly departments: readonly Department[]
  readonly rootCauses: readonly RootCause[]
  readonly policy: Policy
  readonly digest: { readonly day: Weekday /** `HH:MM` on the workspace's clock. */; readonly time: string }
}

/** A leaf of the tree together with the names of its parents, outermost first. */
export interface Leaf extends RootCause {
  readonly parents: readonly string[]
}

/** The leaves of the tree in the order of the configuration. */
export function leavesOf(causes: readonly RootCause[], parents: readonly string[] = []): Leaf[] {
  return causes.flatMap((cause) =>
    cause.children.length === 0 ? [{ ...cause, parents }] : leavesOf(cause.children, [...parents, cause.name]),
  )
}

export const leafOf = (setup: Setup, key: string): Leaf | undefined =>
  leavesOf(setup.rootCauses).find((leaf) => leaf.key === key)

export const departmentOf = (setup: Setup, key: string): Department | undefined =>
  setup.departments.find((department) => department.key === key)

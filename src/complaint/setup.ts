/**
 * What a workspace has put in force: departments, root causes, policy. Pure data, read by the rules and the views.
 * Durations are milliseconds; ids are Slack's.
 */

export const DEPARTMENT_KINDS = ['service', 'fixer', 'design'] as const
export type DepartmentKind = (typeof DEPARTMENT_KINDS)[number]

export const SEVERITIES = ['normal', 'serious', 'critical'] as const
export type Severity = (typeof SEVERITIES)[number]

/** When a department works. See calendar.ts for what follows from it. */
export interface Hours {
  readonly timezone: string
  /** As written in the configuration: `mon-fri 07:00-16:00`. */
  readonly week: string
  /** ISO 3166 country, with a region where one is meant: `US`, `US-CA`. */
  readonly holidays: string | null
  /** Dates off besides the holidays, `YYYY-MM-DD` on the department's calendar. */
  readonly off: readonly string[]
  /** Dates worked although they are a holiday, or a day without working hours. */
  readonly open: readonly string[]
  /** Where two are on call at once, the first one is called. */
  readonly onCall: readonly OnCall[]
}

/** A person who answers for the department in these windows, whether it works or not. */
export interface OnCall {
  readonly person: string
  /** Written like the working hours: `mon-sun 16:00-07:00`. */
  readonly week: string
}

/** A department's next level, to which a complaint is raised that has the first steps behind it. One of both is there. */
export interface Level {
  readonly name: string
  /** The usergroup to call. */
  readonly group: string | null
  readonly person: string | null
}

export interface Department {
  /** Stable for ever; the name and the channel may change. */
  readonly key: string
  readonly name: string
  readonly kind: DepartmentKind
  readonly channel: string
  readonly lead: string | null
  /** Stands in for the lead. */
  readonly deputy: string | null
  /** The usergroup to call. */
  readonly group: string | null
  /** People who belong to it besides its usergroup. */
  readonly members: readonly string[]
  /** Lowest first; the department itself comes before them. */
  readonly levels: readonly Level[]
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
  /** How long nobody may own a complaint before each rung; `serious` is as `normal` where it is not there. */
  readonly ladder: {
    readonly normal: readonly number[]
    readonly serious?: readonly number[]
    readonly critical: readonly number[]
  }
  readonly silence: { readonly ask: number; readonly release: number }
  readonly flaw: { readonly complaints: number; readonly within: number }
  /** Corrective actions. */
  readonly action: {
    /** How long before one is due, longest first. */
    readonly remind: readonly number[]
    readonly overdueEvery: number
    /** How long after one was done the same cause means that it did not work. */
    readonly watch: number
  }
  /** The hand-over that goes to both leads instead: the third. */
  readonly handOvers: number
  readonly makeGood: {
    /** So many times the department's authority is the limit of a critical complaint. */
    readonly criticalFactor: number
    /** How long the lead has to approve or decline before the next person is asked. */
    readonly answer: number
  }
  /** Complaints of one customer this close together are told on the card. */
  readonly repeat: { readonly within: number }
  /** What in Slack means that a person is not there. */
  readonly away: {
    /** Emoji of a status: `:palm_tree:`. */
    readonly statuses: readonly string[]
    readonly doNotDisturb: boolean
  }
  readonly warRoom: {
    /** Whether a critical complaint gets one. */
    readonly critical: boolean
    /** Invited besides owner, reporter and leads. */
    readonly people: readonly string[]
  }
  readonly evidence: {
    /** File endings taken, without the dot. */
    readonly types: readonly string[]
    readonly maxMegabytes: number
  }
  readonly retention: {
    /** How long after its close a complaint keeps what people wrote; null: for ever. What is in force counts, for every complaint. */
    readonly words: number | null
  }
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

export interface Setup {
  /** IANA zone in which the workspace's weeks begin. */
  readonly timezone: string
  /** ISO 4217: what make-goods are reckoned in. */
  readonly currency: string
  readonly admins: readonly string[]
  /** Who may see confidential complaints besides their reporter and owner. */
  readonly confidential: readonly string[]
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

/** When a department works; null where it always does, or is there no more. */
export const hoursOf = (setup: Setup, department: string): Hours | null =>
  departmentOf(setup, department)?.hours ?? null

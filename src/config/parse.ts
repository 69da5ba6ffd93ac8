import { DEFAULT_POLICY } from '../complaint/policy.ts'
import type { Policy, Setup } from '../complaint/setup.ts'
import { type Fault, faultText, show } from './faults.ts'
import { type Config, configSchema } from './schema.ts'
import { spanningFaults } from './spanning.ts'
import { readYaml } from './yaml.ts'

export type ConfigResult =
  | { readonly ok: true; readonly setup: Setup }
  | { readonly ok: false; readonly faults: string[] }

const EXPECTED = 'expected a map with timezone, channels, departments and rootCauses'

/**
 * Reads the configuration. All its faults come at once, one line each, in the order of the text: faults of YAML by line
 * and column, else every fault by its path (`departments[2].channel: …`).
 */
export function parseConfig(text: string): ConfigResult {
  const yaml = readYaml(text)
  if (!yaml.ok) return yaml
  const { value: raw } = yaml
  if (raw === null) return { ok: false, faults: [`the file is empty; ${EXPECTED}`] }
  if (typeof raw !== 'object' || Array.isArray(raw))
    return { ok: false, faults: [`${show(raw)} is not ${EXPECTED.slice(9)}`] }
  const checked = checkConfig(raw)
  if (checked.ok) return checked
  const placed = checked.faults.map((fault) => ({ text: faultText(fault), offset: yaml.offsetOf(fault.path) }))
  return { ok: false, faults: placed.sort((a, b) => a.offset - b.offset).map((fault) => fault.text) }
}

export type CheckResult =
  | { readonly ok: true; readonly setup: Setup }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** The same for what the file would hold, as plain data. */
export function checkConfig(raw: unknown): CheckResult {
  const parsed = configSchema.safeParse(raw)
  const shapeFaults = parsed.success ? [] : parsed.error.issues.flatMap(faultsOf)
  const faults = [...shapeFaults, ...spanningFaults(raw)]
  return parsed.success && faults.length === 0 ? { ok: true, setup: toSetup(parsed.data) } : { ok: false, faults }
}

type Issue = { readonly path: readonly PropertyKey[]; readonly message: string; readonly keys?: readonly string[] }

/** Unknown keys come as one issue of their map: each is a fault of its own. */
function faultsOf(issue: Issue): Fault[] {
  const path = issue.path.map((part) => (typeof part === 'number' ? part : String(part)))
  if (issue.keys) return issue.keys.map((key) => ({ path: [...path, key], message: issue.message }))
  return [{ path, message: issue.message }]
}

function toSetup(config: Config): Setup {
  return {
    ...config,
    departments: config.departments.map((department) => ({
      ...department,
      hours: department.hours && { ...department.hours, timezone: department.hours.timezone ?? config.timezone },
    })),
    policy: {
      ...config.policy,
      remind: remindOf(config.policy),
      action: { ...config.policy.action, remind: longestFirst(config.policy.action.remind) },
    },
  }
}

const longestFirst = (offsets: readonly number[]) => [...offsets].sort((a, b) => b - a)

/** Offsets longest first. Those nobody wrote give way where the deadline they warn of is shorter. */
function remindOf({ response, callback, remind }: Config['policy']): Policy['remind'] {
  const defaults = DEFAULT_POLICY.remind
  const longestCall = Math.max(...Object.values(callback))
  return {
    response: longestFirst(remind.response ?? defaults.response.filter((offset) => offset < response)),
    callback: longestFirst(remind.callback ?? defaults.callback.filter((offset) => offset < longestCall)),
    overdueEvery: remind.overdueEvery,
  }
}

import { cpus, totalmem } from 'node:os'

/** What is asked of a figure itself, or of its ratio to the baseline. */
export interface Goal {
  readonly of: 'ours' | 'ratio'
  readonly is: 'at most' | 'at least' | 'under'
  readonly value: number
}

export interface Measured {
  readonly name: string
  readonly unit: 'ms' | 's' | 'MB' | 'a second'
  readonly ours: number
  readonly baseline: number | null
  /** None: for information. */
  readonly goal: Goal | null
}

export interface Result extends Measured {
  readonly ratio: number | null
  readonly met: boolean | null
}

export function judge(measured: Measured): Result {
  const { ours, baseline, goal } = measured
  const ratio = baseline === null ? null : ours / baseline
  return { ...measured, ratio, met: goal && meets(goal, goal.of === 'ours' ? ours : (ratio ?? Number.NaN)) }
}

function meets({ is, value }: Goal, found: number): boolean {
  if (is === 'under') return found < value
  return is === 'at most' ? found <= value : found >= value
}

const SIGNS = { 'at most': '≤', 'at least': '≥', under: '<' } as const

const figure = (value: number | null): string =>
  value === null ? '' : value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3)

function goalInWords({ goal, unit }: Measured): string {
  if (!goal) return ''
  return goal.of === 'ratio' ? `${SIGNS[goal.is]} ${goal.value}×` : `${SIGNS[goal.is]} ${goal.value} ${unit}`
}

export function table(results: readonly Result[]): string {
  const rows = results.map((result) => [
    result.name,
    `${figure(result.ours)} ${result.unit}`,
    result.baseline === null ? '' : `${figure(result.baseline)} ${result.unit}`,
    result.ratio === null ? '' : `${result.ratio.toFixed(2)}×`,
    goalInWords(result),
    result.met === null ? '' : result.met ? 'yes' : 'NO',
  ])
  const all = [['', 'ours', 'baseline', 'ratio', 'goal', 'met'], ...rows]
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
  return all.map((row) => line(row).trimEnd()).join('\n')
}

export interface Machine {
  readonly cpu: string
  readonly cores: number
  readonly memoryGB: number
  readonly node: string
  readonly postgres: string
}

export const machine = (postgres: string): Machine => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  memoryGB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  postgres,
})

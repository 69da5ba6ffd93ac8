import { departmentOf, type Setup } from './setup.ts'

/** Who answers for a department: its lead, else the deputy; null where both are missing or have left the company. */
export function leadOf(setup: Setup, department: string, gone: readonly string[] = []): string | null {
  const found = departmentOf(setup, department)
  const standing = [found?.lead, found?.deputy].find((person) => person && !gone.includes(person))
  return standing ?? null
}

/** The leads and deputies of these departments. */
export const leadsOf = (setup: Setup, ...departments: readonly string[]): string[] => {
  const found = departments.flatMap((key) => departmentOf(setup, key) ?? [])
  return [...new Set(found.flatMap(({ lead, deputy }) => [lead, deputy]).filter((person) => person !== null))]
}

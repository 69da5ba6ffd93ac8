import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { type Erasure, eraseCustomer, lookAtErasure } from '../operations/erase.ts'
import { StartFault } from '../startFault.ts'
import { atWorkspace, type Terminal, WORKSPACE, type WorkspaceOption } from './workspace.ts'

interface Options extends WorkspaceOption {
  readonly dryRun?: boolean
  readonly yes?: boolean
}

/** `amends erase customer NAME`: what a request for erasure asks. */
export function eraseCommand(program: Command, terminal: Terminal): void {
  program
    .command('erase')
    .description('what a customer’s request for erasure asks')
    .command('customer <name>')
    .description('erases a customer’s names, words and contacts, in the database and in Slack; figures stay')
    .option('--dry-run', 'says what would go, and erases nothing')
    .option('--yes', 'does not ask')
    .option(...WORKSPACE)
    .action((name: string, options: Options) =>
      atWorkspace(terminal, options, async ({ db, workspace }) => {
        const erasure = await lookAtErasure(db, workspace, name)
        if (!erasure) throw new StartFault(`No customer is known as ${JSON.stringify(name)}.`)
        say(terminal, ...goes(erasure))
        if (options.dryRun) return say(terminal, 'Nothing was erased.')
        if (!options.yes && !(await agreed(terminal))) {
          say(terminal, 'Nothing was erased.')
          terminal.exitCode = 1
          return
        }
        const redrawn = await eraseCustomer(db, workspace, name, new Date())
        say(terminal, `Erased. Messages in Slack that change as soon as Amends runs: ${redrawn}.`)
      }),
    )
}

const say = ({ stdout }: Terminal, ...lines: string[]): void => {
  stdout.write(lines.map((line) => `${line}\n`).join(''))
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
const numbers = (list: readonly number[]): string => list.map((number) => `#${number}`).join(', ')

const agreedFor = ({ complaint, flaw }: Erasure['mentions']['actions'][number]): string =>
  complaint === null ? `systemic flaw ${flaw}` : `#${complaint}`

function goes({ customer, complaints, left, mentions }: Erasure): string[] {
  const open = complaints.filter(({ status }) => status !== 'closed').map(({ number }) => number)
  const inSlack = [...left.sources, ...left.files, ...left.rooms.map((room) => `channel ${room}`)]
  return [
    `Customer ${customer.spelt.map((name) => JSON.stringify(name)).join(', ')}: ${counted(complaints.length, 'complaint')}.`,
    'Gone for good, and from the messages that Amends posted in Slack: these names, what people wrote, who to call back, and order, site and part.',
    'Kept: what was done when, by whom and why it happened, and every figure.',
    ...(open.length > 0 ? [`Not closed yet: ${numbers(open)}. Whoever works on them loses the words, too.`] : []),
    ...(inSlack.length > 0
      ? ['These are Slack’s, where only people can delete them:', ...inSlack.map((one) => `  ${one}`)]
      : []),
    ...(mentions.complaints.length > 0
      ? [`Other customers’ complaints with the name among their words, which stay: ${numbers(mentions.complaints)}.`]
      : []),
    ...(mentions.actions.length > 0
      ? [
          `Corrective actions with the name among their words, which stay: of ${mentions.actions.map(agreedFor).join(', ')}.`,
        ]
      : []),
  ]
}

/** @throws StartFault where there is nobody to ask. */
async function agreed({ stdin, stdout }: Terminal): Promise<boolean> {
  if (!stdin.isTTY) throw new StartFault('There is nobody to ask here: say --yes to erase, or --dry-run to look.')
  const asking = createInterface({ input: stdin, output: stdout })
  try {
    return /^y(es)?$/i.test((await asking.question('Erase all of this? It can’t be undone. (yes/no) ')).trim())
  } finally {
    asking.close()
  }
}

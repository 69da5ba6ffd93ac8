import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Policy, Setup } from '../../src/complaint/setup.ts'
import { DAY, HOUR, MINUTE } from '../../src/complaint/time.ts'
import { department } from '../support/setups.ts'
import { FILED } from './given.ts'
import {
  actionsRemindRightly,
  callsWhereItBegins,
  channelsAreTheirs,
  climbsRightly,
  clocksAgree,
  erasesOnlyWords,
  etasAreTold,
  growsOnly,
  holdsTogether,
  isSomewhere,
  ledgerIsTrue,
  levelsOnlyRise,
  makeGoodsAreAnswered,
  movesRightly,
  nobodyTellsItTwice,
  remindsRightly,
  silenceIsFair,
} from './invariants.ts'
import { factsOf, follow, modelOf } from './model.ts'
import { forwardLives, type Happening, hoursWhere, type Life, live, setupWith, shakyLives } from './walking.ts'

/** Lives it and holds every rule against every step. */
function examine(life: Life): Happening[] {
  const happenings: Happening[] = []
  const setup = setupWith(life.hours, life.policy)
  const { complaint, timeline } = live(life, (happening) => {
    happenings.push(happening)
    holdsTogether(happening.after)
    clocksAgree(happening.after, hoursWhere(life, happening.after))
    growsOnly(happening)
    isSomewhere(happening.after)
    movesRightly(happening)
    nobodyTellsItTwice(happening)
    erasesOnlyWords(happening)
    levelsOnlyRise(happening)
    channelsAreTheirs(happening, setup)
    callsWhereItBegins(happening)
  })
  ledgerIsTrue(complaint, timeline)
  remindsRightly(timeline, happenings, (complaint) => hoursWhere(life, complaint))
  etasAreTold(happenings, life.hours)
  makeGoodsAreAnswered(happenings, life.hours)
  actionsRemindRightly(happenings, life.hours)
  climbsRightly(happenings, life.hours === null)
  silenceIsFair(happenings, life.hours === null)
  return happenings
}

/** Lives it beside the model, which foresees every answer. */
function compare(life: Life): void {
  const model = modelOf(life.promisedIn, FILED, life.policy.warRoom?.critical && life.severity === 'critical')
  live(life, (happening) => {
    const { command, decision, after } = happening
    const foreseen = follow(model, happening)
    const refusal = decision.ok ? null : decision.refusal.kind
    if (refusal !== foreseen) throw new Error(`${command.kind}: ${refusal}, but the model foresees ${foreseen}`)
    if ((model.named === null) !== (after.confidential === null))
      throw new Error(`${command.kind}: ${after.confidential}`)
    const facts = factsOf(after)
    if (!isDeepStrictEqual(facts, { ...facts, ...only(Object.keys(facts), model) }))
      throw new Error(`${command.kind}: ${JSON.stringify(facts)}, but by the model ${JSON.stringify(model)}`)
    const ledger = after.makeGoods.map(({ askedBy, amount, state, approver, department }) => ({
      ...{ by: askedBy, cents: amount ?? 0, department },
      state: state === 'granted' ? (approver === null ? 'unasked' : 'approved') : state,
    }))
    expect(ledger).toEqual(model.makeGoods)
  })
}

const only = (keys: readonly string[], of: object): object =>
  Object.fromEntries(Object.entries(of).filter(([key]) => keys.includes(key)))

/** Nothing in it is as it was. */
const ANOTHER: Policy = {
  response: MINUTE,
  callback: { normal: MINUTE, serious: MINUTE, critical: MINUTE },
  remind: { response: [MINUTE], callback: [2 * MINUTE], overdueEvery: MINUTE },
  ladder: { normal: [MINUTE], serious: [2 * MINUTE], critical: [3 * MINUTE] },
  silence: { ask: MINUTE, release: MINUTE },
  flaw: { complaints: 1, within: MINUTE },
  action: { remind: [MINUTE], overdueEvery: MINUTE, watch: MINUTE },
  handOvers: 1,
  makeGood: { criticalFactor: 9, answer: MINUTE },
  repeat: { within: MINUTE },
  away: { statuses: [], doNotDisturb: false },
  warRoom: { critical: true, people: ['U0BOSS'] },
  evidence: { types: ['exe'], maxMegabytes: 999 },
  retention: { words: MINUTE },
}

const bereft = (setup: Setup): Setup => ({
  ...setup,
  admins: [],
  departments: setup.departments.map(({ key }) => department(key)),
})

describe('whatever is done', () => {
  it('and whatever the clock does, the rules hold', { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(shakyLives, (life) => {
        examine(life)
      }),
      { numRuns: 60 },
    )
  })

  it('as time goes by, the rules hold', { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(forwardLives, (life) => {
        examine(life)
      }),
      { numRuns: 60 },
    )
  })

  it('a policy that is changed meanwhile changes nothing', { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(forwardLives, (life) => {
        const ignored = () => {}
        const other = live(life, ignored, (setup) => ({ ...setup, policy: ANOTHER }))
        expect(other).toEqual(live(life, ignored))
      }),
      { numRuns: 60 },
    )
  })

  it('departments that lose their people, hours and levels meanwhile break no rule', { timeout: 180_000 }, () => {
    fc.assert(
      fc.property(shakyLives, (life) => {
        const happenings: Happening[] = []
        const look = (happening: Happening) => {
          happenings.push(happening)
          holdsTogether(happening.after)
          growsOnly(happening)
          isSomewhere(happening.after)
          movesRightly(happening)
          levelsOnlyRise(happening)
        }
        const { complaint, timeline } = live(life, look, bereft)
        ledgerIsTrue(complaint, timeline)
        climbsRightly(happenings, false)
      }),
      { numRuns: 60 },
    )
  })

  it('a model that shares no code foresees every answer', { timeout: 180_000 }, () => {
    fc.assert(fc.property(forwardLives, compare), { numRuns: 60 })
  })

  it('random lives reach what there is to reach', { timeout: 180_000 }, () => {
    const seen = new Set<string>()
    const unseen = () => REACHABLE.filter((what) => !seen.has(what))
    // From here on the rarest come soonest; any other beginning only takes longer.
    for (let seed = 38; seed <= 77 && unseen().length > 0; seed += 1)
      for (const life of fc.sample(forwardLives, { seed, numRuns: 100 })) look(life)
    expect(unseen()).toEqual([])

    function look(life: Life): void {
      live(life, ({ command, decision, after }) => {
        seen.add(`${command.kind} ${decision.ok ? 'accepted' : decision.refusal.kind}`)
        for (const { state } of [...after.promises, ...after.responses]) seen.add(state)
        if (after.closeOut) seen.add(after.closeOut.settled)
        if (after.confidential) seen.add(`confidential ${after.confidential.state}`)
        for (const { goneAt } of after.evidence) seen.add(goneAt ? 'evidence gone' : 'evidence')
        for (const { state } of after.warRooms) seen.add(`war room ${state}`)
        for (const { event } of decision.ok ? decision.change.entries : [])
          if (event.kind === 'reminded' && event.company) seen.add(`company ${event.clock}`)
          else if (event.kind === 'make-good-granted') seen.add('granted at once')
          else if (event.kind === 'make-good-asked' || event.kind === 'make-good-waits')
            seen.add(`asked ${event.approver}`)
          else if (event.kind === 'eta-passed') seen.add('eta told')
          else if (event.kind === 'action-reminded') seen.add(event.lead ? 'lead told of an action' : 'action reminded')
          else if (event.kind === 'escalated') seen.add(`called ${event.rung}`)
          else if (event.kind === 'settled') seen.add(`settled ${event.department === event.to ? 'there' : 'here'}`)
          else if (event.kind === 'asked' || event.kind === 'still-on-it' || event.kind === 'released')
            seen.add(event.kind)
      })
    }
  })
})

const REACHABLE = [
  ...['pending', 'kept', 'missed', 'attempted', 'moved', 'running', 'honoured', 'closed', 'yes', 'could-not-reach'],
  ...['company response', 'company callback', 'remind accepted'],
  ...['called department', 'called lead', 'called company'],
  ...['asked', 'still-on-it', 'released', 'sign-of-life not-owner', 'sign-of-life nobody-owns'],
  ...['next-level accepted', 'next-level no-next-level', 'next-level raised-already', 'next-level nothing-tried'],
  ...['own accepted', 'own closed', 'own owned-already'],
  ...['hand-over accepted', 'hand-over closed', 'hand-over being-settled', 'hand-over handed-over-meanwhile'],
  ...['hand-over same-department', 'hand-over unknown-department', 'hand-over missing'],
  ...['settle accepted', 'settle settled-already', 'settle not-allowed', 'settle unknown-department'],
  ...['settle owner-gone', 'settled here', 'settled there'],
  ...['reassign accepted', 'reassign not-allowed', 'reassign same-owner', 'reassign owner-gone'],
  ...['log-callback accepted', 'log-callback missing', 'log-callback settled-unreached', 'log-callback closed'],
  ...['log-callback promise-not-after-now', 'log-callback promise-too-far'],
  ...['move-callback accepted', 'move-callback no-promise', 'move-callback missing', 'move-callback closed'],
  ...['plan-visit accepted', 'plan-visit visit-under-way', 'plan-visit eta-passed', 'plan-visit closed'],
  ...['change-visit accepted', 'change-visit visit-over', 'change-visit arrived-already', 'change-visit eta-passed'],
  ...[
    'call-off-visit accepted',
    'call-off-visit visit-over',
    'set-out accepted',
    'set-out on-the-way-already',
    'eta told',
  ],
  ...['make-good accepted', 'make-good missing', 'make-good not-an-amount', 'make-good amount-not-positive'],
  ...['make-good closed', 'approve-make-good accepted', 'approve-make-good not-yours-to-decide'],
  ...['approve-make-good decided-already', 'approve-make-good no-make-good', 'decline-make-good accepted'],
  ...['decline-make-good missing', 'asked lead', 'asked deputy', 'asked company', 'granted at once'],
  ...['fix-remotely accepted', 'fix-remotely visit-under-way', 'fix-remotely missing'],
  ...['arrive accepted', 'arrive no-visit', 'arrive arrived-already'],
  ...['visit-outcome accepted', 'visit-outcome no-visit', 'visit-outcome not-arrived'],
  ...['edit accepted', 'edit edited-meanwhile', 'edit missing'],
  ...['close-out accepted', 'close-out unknown-cause', 'close-out unknown-department', 'close-out not-settled'],
  ...['close-out no-correction', 'close-out action-and-none', 'close-out due-passed', 'close-out due-too-far'],
  ...['finish-action accepted', 'finish-action no-such-action', 'finish-action action-done-already'],
  ...['finish-action missing', 'action reminded', 'lead told of an action', 'cause-again accepted'],
  ...['answer-recurrence accepted', 'answer-recurrence nothing-to-answer', 'answer-recurrence no-such-action'],
  ...['close-out too-few-tries', 'close-out missing', 'close-out closed'],
  ...['add-evidence accepted', 'lose-evidence accepted', 'sign-of-life accepted', 'erase-words accepted'],
  ...['duplicate accepted', 'duplicate duplicate-of-itself', 'duplicate visit-under-way', 'own duplicate'],
  ...['split accepted', 'split not-duplicate', 'point-to accepted', 'take-on accepted', 'take-on original-closed'],
  ...['let-go accepted', 'superseded'],
  ...['close-out file-type', 'close-out file-size', 'plan-visit file-type', 'evidence', 'evidence gone'],
  ...['merge-customer accepted', 'merge-customer same-customer', 'rename-customer accepted', 'rename-customer missing'],
  ...['open-war-room accepted', 'open-war-room war-room-already', 'open-war-room not-critical', 'open-war-room closed'],
  ...['open-war-room no-war-rooms', 'war room archived', 'war room refused'],
  ...['make-confidential accepted', 'make-confidential confidential-critical', 'make-confidential not-allowed'],
  ...[
    'lift-confidential accepted',
    'lift-confidential not-confidential',
    'log-callback confidential',
    'own confidential',
  ],
  ...['confidential asked', 'confidential open', 'confidential refused', 'log-callback not-allowed'],
  ...['reopen accepted', 'reopen not-closed', 'reopen missing'],
]

describe('a life in short', () => {
  it('can be told by hand: reached in time, missed, closed, reopened', () => {
    const call = { kind: 'log-callback', by: 'U0ANN', outcome: 'reached', said: 'Yes', settled: false } as const
    const happenings = examine({
      ...{ toldBefore: HOUR, promisedIn: 4 * HOUR },
      policy: { response: DAY, remind: { response: [HOUR], callback: [15 * MINUTE], overdueEvery: 4 * HOUR } },
      ...{ severity: 'normal', tried: null, hours: null },
      steps: [
        { pass: { to: 'promise', off: 0 }, command: { ...call, promisedBy: HOUR } },
        { pass: { to: 'promise', off: 1 }, command: { ...call, promisedBy: HOUR } },
        { pass: { to: 'response', off: 0 }, command: { kind: 'remind' } },
      ],
    })
    expect(happenings.at(-1)?.after.promises.map(({ state }) => state)).toEqual(['kept', 'missed', 'pending'])
  })
})

import { logCallback, moveCallback } from './calling.ts'
import { closeOut, reopen } from './closing.ts'
import type { Command } from './commands.ts'
import {
  confidentialOpened,
  confidentialRefused,
  keepAmong,
  liftConfidential,
  makeConfidential,
} from './confidential.ts'
import { answerRecurrence, causeAgain, finishAction, joinFlaw } from './correcting.ts'
import { type Decision, refuse, type Situation } from './decision.ts'
import { duplicate, letGo, pointTo, restsFor, split, takeOn } from './duplicating.ts'
import { edit } from './editing.ts'
import { eraseWords } from './erasing.ts'
import { addEvidence, loseEvidence } from './evidence.ts'
import { handOver, settle } from './handing.ts'
import { decideMakeGood, makeGood } from './makingGood.ts'
import { mergeCustomer, renameCustomer } from './merging.ts'
import { own, reassign } from './owning.ts'
import { raise } from './raising.ts'
import { remind } from './reminding.ts'
import { callOffVisit, changeVisit, setOut } from './replanning.ts'
import { mayNot } from './roles.ts'
import { giveSignOfLife } from './silence.ts'
import type { Complaint } from './types.ts'
import { arrive, fixRemotely, planVisit, recordOutcome } from './visiting.ts'
import { inviteToWarRoom, openWarRoom, warRoomArchived, warRoomOpened, warRoomRefused } from './warRoom.ts'

/** The rule of every command: the next state with its timeline and messages, or a refusal. Pure; `now` is in the situation. */
export function decide(complaint: Complaint, command: Command, situation: Situation): Decision {
  const refusal = 'by' in command ? mayNot(command.kind, complaint, command.by, situation) : null
  if (refusal) return refuse(refusal)
  const resting = restsFor(complaint, command)
  if (resting) return resting
  const decision = carryOut(complaint, command, situation)
  if (!decision.ok) return decision
  return { ok: true, change: keepAmong(complaint, inviteToWarRoom(complaint, decision.change), situation.setup) }
}

function carryOut(complaint: Complaint, command: Command, situation: Situation): Decision {
  switch (command.kind) {
    case 'own':
      return own(complaint, command.by, situation)
    case 'hand-over':
      return handOver(complaint, command, situation)
    case 'settle':
      return settle(complaint, command, situation)
    case 'reassign':
      return reassign(complaint, command, situation)
    case 'log-callback':
      return logCallback(complaint, command, situation)
    case 'move-callback':
      return moveCallback(complaint, command, situation)
    case 'plan-visit':
      return planVisit(complaint, command, situation)
    case 'change-visit':
      return changeVisit(complaint, command, situation)
    case 'call-off-visit':
      return callOffVisit(complaint, command, situation)
    case 'set-out':
      return setOut(complaint, command, situation)
    case 'fix-remotely':
      return fixRemotely(complaint, command, situation)
    case 'arrive':
      return arrive(complaint, command.by, situation)
    case 'visit-outcome':
      return recordOutcome(complaint, command, situation)
    case 'make-good':
      return makeGood(complaint, command, situation)
    case 'approve-make-good':
    case 'decline-make-good':
      return decideMakeGood(complaint, command, situation)
    case 'edit':
      return edit(complaint, command, situation)
    case 'close-out':
      return closeOut(complaint, command, situation)
    case 'reopen':
      return reopen(complaint, command, situation)
    case 'make-confidential':
      return makeConfidential(complaint, command, situation)
    case 'lift-confidential':
      return liftConfidential(complaint, command.by, situation)
    case 'confidential-opened':
      return confidentialOpened(complaint, command, situation)
    case 'confidential-refused':
      return confidentialRefused(complaint, command, situation)
    case 'duplicate':
      return duplicate(complaint, command, situation)
    case 'split':
      return split(complaint, command.by, situation)
    case 'take-on':
      return takeOn(complaint, command, situation)
    case 'let-go':
      return letGo(complaint, command, situation)
    case 'point-to':
      return pointTo(complaint, command, situation)
    case 'add-evidence':
      return addEvidence(complaint, command, situation)
    case 'lose-evidence':
      return loseEvidence(complaint, command.file, situation)
    case 'erase-words':
      return eraseWords(complaint, command, situation)
    case 'merge-customer':
      return mergeCustomer(complaint, command, situation)
    case 'rename-customer':
      return renameCustomer(complaint, command, situation)
    case 'open-war-room':
      return openWarRoom(complaint, command.by, situation)
    case 'war-room-opened':
      return warRoomOpened(complaint, command, situation)
    case 'war-room-refused':
      return warRoomRefused(complaint, command, situation)
    case 'war-room-archived':
      return warRoomArchived(complaint, command, situation)
    case 'next-level':
      return raise(complaint, command, situation)
    case 'join-flaw':
      return joinFlaw(complaint, command, situation)
    case 'finish-action':
      return finishAction(complaint, command, situation)
    case 'cause-again':
      return causeAgain(complaint, command, situation)
    case 'answer-recurrence':
      return answerRecurrence(complaint, command, situation)
    case 'sign-of-life':
      return giveSignOfLife(complaint, command, situation)
    case 'remind':
      return remind(complaint, command, situation)
  }
}

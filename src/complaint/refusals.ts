import { exampleIn } from './money.ts'
import { type Asker, type Deed, whoMay } from './roles.ts'
import type { Correction, Report } from './types.ts'

/** The fields of the modals, as the rules know them. A refusal names the one it is about, so that it stands under it. */
export type Field =
  | keyof Report
  | 'department'
  | 'toldAt'
  | 'promisedBy'
  | 'outcome'
  | 'said'
  | 'settled'
  | 'who'
  | 'people'
  | 'sees'
  | 'eta'
  | 'parts'
  | 'done'
  | 'remote'
  | 'rootCause'
  | 'origin'
  | 'fix'
  | 'avoidable'
  | 'reason'
  | 'how'
  | 'amount'
  | 'note'
  | 'files'
  | 'into'
  | 'name'
  | keyof Correction
  | 'changed'
  | 'proof'
  | 'original'

/** Why something was not done. Closed: whoever adds one must say, in `sentence`, what the person can do about it. */
export type Refusal =
  | { readonly kind: 'missing'; readonly field: Field }
  | { readonly kind: 'too-long'; readonly field: Field; readonly limit: number }
  | { readonly kind: 'told-in-future'; readonly field: 'toldAt' }
  | { readonly kind: 'told-too-long-ago'; readonly field: 'toldAt' }
  | { readonly kind: 'promise-not-after-now'; readonly field: 'promisedBy' }
  | { readonly kind: 'promise-too-far'; readonly field: 'promisedBy' }
  | { readonly kind: 'unknown-department'; readonly field: 'department' | 'origin' }
  | { readonly kind: 'unknown-cause'; readonly field: 'rootCause' }
  | { readonly kind: 'settled-unreached'; readonly field: 'settled' }
  | { readonly kind: 'eta-passed'; readonly field: 'eta' }
  | { readonly kind: 'not-settled'; readonly field: 'settled' }
  | { readonly kind: 'too-few-tries'; readonly field: 'settled'; readonly tries: number }
  | { readonly kind: 'no-correction'; readonly field: 'correctiveAction' }
  | { readonly kind: 'action-and-none'; readonly field: 'whyNone' }
  | { readonly kind: 'due-passed'; readonly field: 'dueBy' }
  | { readonly kind: 'due-too-far'; readonly field: 'dueBy' }
  | { readonly kind: 'no-such-action' }
  | { readonly kind: 'action-done-already' }
  | { readonly kind: 'nothing-to-answer' }
  | { readonly kind: 'owned-already'; readonly owner: string }
  | { readonly kind: 'same-owner'; readonly field: 'who' }
  | { readonly kind: 'owner-gone'; readonly field: 'who' }
  | { readonly kind: 'same-department'; readonly field: 'department' }
  | { readonly kind: 'handed-over-meanwhile' }
  | { readonly kind: 'being-settled' }
  | { readonly kind: 'settled-already' }
  | { readonly kind: 'nobody-owns' }
  | { readonly kind: 'not-owner'; readonly owner: string }
  | { readonly kind: 'no-next-level' }
  | { readonly kind: 'raised-already' }
  | { readonly kind: 'nothing-tried'; readonly field: 'tried' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'closed-already' }
  | { readonly kind: 'no-such-flaw'; readonly number: number }
  | { readonly kind: 'not-closed' }
  | { readonly kind: 'no-promise' }
  | { readonly kind: 'visit-under-way' }
  | { readonly kind: 'no-visit' }
  | { readonly kind: 'visit-over' }
  | { readonly kind: 'on-the-way-already' }
  | { readonly kind: 'arrived-already' }
  | { readonly kind: 'not-arrived' }
  | { readonly kind: 'not-an-amount'; readonly field: 'amount'; readonly currency: string }
  | { readonly kind: 'amount-not-positive'; readonly field: 'amount' }
  | { readonly kind: 'amount-too-large'; readonly field: 'amount' }
  | { readonly kind: 'no-make-good' }
  | { readonly kind: 'decided-already'; readonly by: string; readonly state: 'granted' | 'declined' }
  /** `of`: who is asked first; null where there are admins alone. */
  | { readonly kind: 'not-yours-to-decide'; readonly of: string | null }
  | { readonly kind: 'edited-meanwhile' }
  | { readonly kind: 'file-type'; readonly field: 'files'; readonly name: string; readonly types: readonly string[] }
  | { readonly kind: 'file-size'; readonly field: 'files'; readonly name: string; readonly megabytes: number }
  /** `ask`: somebody who may. */
  | { readonly kind: 'not-allowed'; readonly deed: Deed; readonly ask: string | null }
  | { readonly kind: 'not-a-colleague'; readonly standing: Exclude<Asker['standing'], 'colleague'> }
  /** `ask`: somebody whom it concerns. */
  | { readonly kind: 'confidential'; readonly ask: string | null }
  | { readonly kind: 'confidential-critical' }
  | { readonly kind: 'not-confidential' }
  | { readonly kind: 'war-room-confidential' }
  | { readonly kind: 'no-war-rooms' }
  | { readonly kind: 'not-critical' }
  | { readonly kind: 'war-room-already'; readonly channel: string | null }
  | { readonly kind: 'no-such-complaint'; readonly number: number }
  | { readonly kind: 'not-a-number'; readonly field: 'original' }
  | { readonly kind: 'duplicate'; readonly of: number }
  | { readonly kind: 'duplicate-of-itself'; readonly field: 'original' }
  | { readonly kind: 'original-closed'; readonly field: 'original'; readonly number: number }
  | { readonly kind: 'duplicate-confidential'; readonly field: 'original' }
  | { readonly kind: 'not-duplicate' }
  | { readonly kind: 'same-customer'; readonly field: 'into' }
  | { readonly kind: 'unknown-customer'; readonly field: 'into' }
  | { readonly kind: 'name-taken'; readonly field: 'name' }
  | { readonly kind: 'not-set-up' }
  | { readonly kind: 'not-admin'; readonly ask: string | null }
  | { readonly kind: 'setup-changed' }
  | { readonly kind: 'setup-gone' }
  /** So many complaints are open in a department that is to be taken away. */
  | { readonly kind: 'department-in-use'; readonly open: number }

/** Tried callbacks that "Could not reach" asks for. */
export const TRIES_BEFORE_GIVING_UP = 3

const NOT_A_COLLEAGUE: Readonly<Record<Exclude<Asker['standing'], 'colleague'>, string>> = {
  guest: "Guests of this workspace can't use Amends. Please ask a colleague who works here.",
  outsider: 'Only people of this company can use Amends. Please ask the colleague you work with here.',
  gone: 'This account is deactivated, so nothing was done. Please ask a colleague who works here.',
}

/** What the person is told: what is in the way, and what to do. Holds no markup but a mention of a colleague. */
export function sentence(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'missing':
      return 'Please fill this in.'
    case 'too-long':
      return `Please keep this to ${refusal.limit.toLocaleString('en')} characters.`
    case 'told-in-future':
      return 'This is in the future. When did the customer tell us?'
    case 'told-too-long-ago':
      return 'This is more than 30 days ago. Please choose a later time and put the rest into words.'
    case 'promise-not-after-now':
      return 'This has passed already. Please promise a time still to come.'
    case 'promise-too-far':
      return 'This is more than 30 days away. Please promise a call within 30 days.'
    case 'unknown-department':
      return 'This department is not there any more. Please choose another.'
    case 'unknown-cause':
      return 'This root cause is not there any more. Please choose another.'
    case 'settled-unreached':
      return 'Only the customer can say so, and they were not reached. Please choose No.'
    case 'eta-passed':
      return 'This has passed already. When will they be there?'
    case 'not-settled':
      return 'Then it stays open. Please promise the next call.'
    case 'too-few-tries':
      return `This needs ${TRIES_BEFORE_GIVING_UP} tried callbacks, and ${refusal.tries} ${refusal.tries === 1 ? 'is' : 'are'} logged. Please log the calls that were tried.`
    case 'no-correction':
      return 'What keeps it from happening again? If nothing has to change, say below why none is needed.'
    case 'action-and-none':
      return 'There is a corrective action above. Please leave one of the two empty.'
    case 'due-passed':
      return 'This has passed already. By when can it be done?'
    case 'due-too-far':
      return 'This is more than a year away. Please choose a nearer date, and what can be done by then.'
    case 'no-such-action':
      return 'This corrective action is not there.'
    case 'action-done-already':
      return 'It is recorded as done already.'
    case 'nothing-to-answer':
      return 'This is answered already.'
    case 'owned-already':
      return `<@${refusal.owner}> owns it already.`
    case 'same-owner':
      return 'They own it already. Please choose somebody else.'
    case 'owner-gone':
      return 'They have left, or are an app. Please choose somebody else.'
    case 'same-department':
      return 'It is with this department already. Please choose another.'
    case 'handed-over-meanwhile':
      return 'Somebody handed it over in the meantime. Please look at the card first.'
    case 'being-settled':
      return 'The leads are settling who takes it. Until then it stays where it is.'
    case 'settled-already':
      return 'It is settled already. The card shows who has it.'
    case 'nobody-owns':
      return 'It went back to the ladder, and nobody owns it now. Press Own it to go on with it.'
    case 'not-owner':
      return `Only <@${refusal.owner}>, who owns it, can say so.`
    case 'no-next-level':
      return 'There is no further level in this department. Its lead can help, or another department by a hand-over.'
    case 'raised-already':
      return 'Somebody raised it just now. The card says to which level.'
    case 'nothing-tried':
      return 'Which steps has the customer behind them? The next level begins where those end.'
    case 'closed':
      return 'It is closed. To go on with it, reopen it.'
    case 'closed-already':
      return 'It is closed already.'
    case 'no-such-flaw':
      return `There is no systemic flaw ${refusal.number}.`
    case 'not-closed':
      return 'It is not closed.'
    case 'no-promise':
      return 'No callback is promised at the moment. Log a callback to promise one.'
    case 'visit-under-way':
      return 'A visit is under way already. Record how it went first.'
    case 'no-visit':
      return 'No visit is under way. Plan one first.'
    case 'visit-over':
      return 'This visit is over. The card shows what is planned now.'
    case 'on-the-way-already':
      return 'It is noted already that they are on the way.'
    case 'arrived-already':
      return 'The arrival is recorded already.'
    case 'not-arrived':
      return 'Nobody has arrived yet. Record the arrival first.'
    case 'not-an-amount':
      return `Please type a number in ${refusal.currency}, such as ${exampleIn(refusal.currency)}.`
    case 'amount-not-positive':
      return 'Please type an amount above zero.'
    case 'amount-too-large':
      return 'This is more than can be noted down. Is there a digit too many?'
    case 'no-make-good':
      return 'This make-good is not there any more. The card shows what is.'
    case 'decided-already':
      return `<@${refusal.by}> has ${refusal.state === 'granted' ? 'approved' : 'declined'} it already.`
    case 'not-yours-to-decide':
      return `This is for ${refusal.of === null ? '' : `<@${refusal.of}> or `}an admin to decide.`
    case 'edited-meanwhile':
      return 'Somebody else edited this in the meantime. What you typed is still here: copy it, look at the card, and edit again.'
    case 'file-type':
      return `Files of this kind are not taken: ${refusal.name}. Taken are ${refusal.types.join(', ')}.`
    case 'file-size':
      return `Larger than ${refusal.megabytes} MB: ${refusal.name}. Please add a smaller one, or put a link into words.`
    case 'not-allowed':
      return `${whoMay(refusal.deed)}${refusal.ask === null ? '' : ` Please ask <@${refusal.ask}>.`}`
    case 'not-a-colleague':
      return NOT_A_COLLEAGUE[refusal.standing]
    case 'confidential':
      return `It is confidential: only those it concerns see it.${refusal.ask === null ? '' : ` If you are one of them, ask <@${refusal.ask}>.`}`
    case 'confidential-critical':
      return 'Only a critical complaint can be made confidential. If it is one, change its severity with Edit.'
    case 'not-confidential':
      return 'It is not confidential any more.'
    case 'war-room-confidential':
      return 'It is confidential: those it concerns have a private channel for it already.'
    case 'no-war-rooms':
      return 'War rooms are not switched on here. An admin can do that in the configuration: policy, warRoom, critical.'
    case 'not-critical':
      return 'A war room is for critical complaints. If it is one, change its severity with Edit.'
    case 'war-room-already':
      return refusal.channel === null
        ? 'Its war room is being made. The link comes in the thread of the card.'
        : `It has a war room: <#${refusal.channel}>.`
    case 'no-such-complaint':
      return `There is no complaint #${refusal.number}. /complaint find looks for words.`
    case 'not-a-number':
      return 'Please type its number, as in #142.'
    case 'duplicate':
      return `It is a duplicate of #${refusal.of} and goes on there. To go on with it by itself, split it off.`
    case 'duplicate-of-itself':
      return 'It is that complaint itself, or that one is linked to it.'
    case 'original-closed':
      return `Complaint #${refusal.number} is closed. If it is the same again, reopen that one first.`
    case 'duplicate-confidential':
      return 'One of the two is confidential. It stays by itself, so that nobody hears of it through the other.'
    case 'not-duplicate':
      return 'It is not linked to another complaint.'
    case 'same-customer':
      return 'They are one customer already.'
    case 'unknown-customer':
      return 'This customer is not there. Please choose one from the list.'
    case 'name-taken':
      return 'Another customer is called that. To make them one, choose it above.'
    case 'not-set-up':
      return 'Amends is not set up here yet. Type /complaint setup to name departments and root causes.'
    case 'not-admin':
      return `Only an admin can change the setup.${refusal.ask === null ? '' : ` Please ask <@${refusal.ask}>.`}`
    case 'setup-changed':
      return 'Somebody else changed this in the meantime, and nothing was saved. Copy what you typed, close this form, and open it again.'
    case 'setup-gone':
      return 'Somebody took this away in the meantime.'
    case 'department-in-use':
      return `Still open there: ${refusal.open === 1 ? 'one complaint' : `${refusal.open} complaints`}. Close or hand over what is open first.`
  }
}

import type { Feeling } from '../complaint/types.ts'

/** A line to open the call with: the feeling first, then we act. No blame, no excuse. */
export const OPENER: Record<Feeling, string> = {
  angry: 'You have every reason to be angry, and I am sorry. I am here to put it right. May I hear it from you first?',
  frustrated: 'I can hear how frustrating this has been, and I am sorry. I am staying with it until it is settled.',
  worried: 'I understand that this worries you, and I am sorry. Let me tell you what happens next and by when.',
  disappointed: 'You counted on us and were disappointed. I am sorry. Let me tell you what we are doing about it.',
  confused: 'I am sorry this has been so confusing. Let us go through it together, one step at a time.',
  calm: 'Thank you for telling us so calmly, and I am sorry this happened. Let me tell you what happens next.',
}

/** How an acknowledgement to the customer begins. */
export const ACKNOWLEDGED: Record<Feeling, string> = {
  angry: 'We understand that you are angry, and we are sorry.',
  frustrated: 'We understand how frustrated you are, and we are sorry.',
  worried: 'We understand that you are worried, and we are sorry.',
  disappointed: 'We understand that you are disappointed, and we are sorry.',
  confused: 'We understand that this has left you confused, and we are sorry.',
  calm: 'You told us calmly, and we take it to heart. We are sorry this happened.',
}

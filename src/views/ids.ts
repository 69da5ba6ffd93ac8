/** Every id that a view emits and Slack sends back. The route table in slack/ answers exactly these. */

/** Buttons and other elements that act at once; `action_id`. */
export const ACTIONS = {
  own: 'own',
  logCallback: 'log_callback',
  visit: 'visit',
  arrived: 'arrived',
  outcome: 'outcome',
  handOver: 'hand_over',
  settle: 'settle',
  closeOut: 'close_out',
  reopen: 'reopen',
  more: 'more',
  timeline: 'timeline',
  edit: 'edit',
  reassign: 'reassign',
  moveCallback: 'move_callback',
  confidential: 'confidential',
  setOut: 'set_out',
  changeVisit: 'change_visit',
  callOffVisit: 'call_off_visit',
  makeGood: 'make_good',
  approve: 'approve_make_good',
  decline: 'decline_make_good',
  duplicate: 'duplicate',
  split: 'split',
  nextLevel: 'next_level',
  /** The owner's answer to "Still on it?". */
  stillOnIt: 'still_on_it',
  mergeCustomer: 'merge_customer',
  /** The answers to "Same customer as …?". */
  sameCustomer: 'same_customer',
  otherCustomer: 'other_customer',
  warRoom: 'war_room',
  ownFlaw: 'own_flaw',
  closeFlaw: 'close_flaw',
  stillOnFlaw: 'still_on_flaw',
  flawTimeline: 'flaw_timeline',
  /** A corrective action is done. */
  finishAction: 'finish_action',
  /** The answer to "Did it work?". */
  answerRecurrence: 'answer_recurrence',
  /** A row of a list: that complaint's card. */
  show: 'show',
  /** The list behind a figure; the value holds its query. */
  seeThem: 'see_them',
  /** A report with its pictures and its details, by direct message. */
  sendReport: 'send_report',
  /** Another page of a list; the value holds the query. */
  page: 'page',
  /** The same, backwards: two buttons side by side need two ids. */
  previousPage: 'previous_page',
  /** Another part of a timeline too long for one modal. */
  timelinePage: 'timeline_page',
  timelinePreviousPage: 'timeline_previous_page',
  /** Opens the setup. */
  setup: 'setup',
  /** In it: a list, the form of a piece or of a new one, the menu of a row, a search for one, and other pages. */
  setupList: 'setup_list',
  setupForm: 'setup_form',
  setupRow: 'setup_row',
  setupFind: 'setup_find',
  setupPage: 'setup_page',
  setupPreviousPage: 'setup_previous_page',
  /** "File a complaint" on a Home. */
  file: 'file',
  /** What a Home shows: what is chosen in its menus, and the buttons that show more of something. */
  homeList: 'home_list',
  homeDepartment: 'home_department',
  homeSeverity: 'home_severity',
  homeAll: 'home_all',
  homeLoad: 'home_load',
  homePage: 'home_page',
  homePreviousPage: 'home_previous_page',
  /** The severity in "File a complaint": the promised time follows the policy. */
  severity: 'severity',
} as const

/** Selects that ask for their options as the person types; `action_id`. */
export const OPTIONS = {
  ...{ department: 'department', rootCause: 'rootCause', origin: 'origin', customer: 'into' },
  /** In the setup: the usergroup to call, the parent of a root cause, where it usually arises, one of a list. */
  ...{ usergroup: 'usergroup', under: 'under', arises: 'arises', setupFind: ACTIONS.setupFind },
  homeDepartment: ACTIONS.homeDepartment,
} as const

/** Modals that are submitted; `callback_id`. */
export const MODALS = {
  file: 'file_complaint',
  logCallback: 'log_callback',
  moveCallback: 'move_callback',
  nextLevel: 'next_level',
  visit: 'visit',
  changeVisit: 'change_visit',
  callOffVisit: 'call_off_visit',
  makeGood: 'make_good',
  decline: 'decline_make_good',
  outcome: 'visit_outcome',
  closeOut: 'close_out',
  reopen: 'reopen',
  edit: 'edit',
  confidential: 'confidential',
  handOver: 'hand_over',
  settle: 'settle',
  reassign: 'reassign',
  mergeCustomer: 'merge_customer',
  finishAction: 'finish_action',
  answerRecurrence: 'answer_recurrence',
  closeFlaw: 'close_flaw',
  setup: 'setup',
  setupRemoval: 'setup_removal',
  duplicate: 'duplicate',
} as const

/** `callback_id`, as in manifest.yml. */
export const SHORTCUTS = { fileMessage: 'file_as_complaint', file: 'file_a_complaint' } as const

export const COMMAND = '/complaint'

import { ACTIONS, COMMAND, MODALS, OPTIONS, SHORTCUTS } from '../views/ids.ts'
import * as on from './listeners/actions.ts'
import { onCommand } from './listeners/command.ts'
import { onCustomerMerged, onMergeCustomer, onOtherCustomer, onSameCustomer } from './listeners/customers.ts'
import { onLinked, onSplit } from './listeners/duplicates.ts'
import { onFileDeleted, onMessage } from './listeners/events.ts'
import * as home from './listeners/home.ts'
import type { House } from './listeners/house.ts'
import { onFile, onFileMessage } from './listeners/shortcuts.ts'
import * as submitted from './listeners/submissions.ts'
import { onCustomers, onDepartments, onHomeDepartments, onRootCauses } from './listeners/suggestions.ts'

/** Everything Slack may ask of us, with who answers. A test holds this equal to manifest.yml and to what the views emit. */
export const ROUTES = {
  commands: { [COMMAND]: onCommand },
  shortcuts: { [SHORTCUTS.file]: onFile },
  messageShortcuts: { [SHORTCUTS.fileMessage]: onFileMessage },
  actions: {
    [ACTIONS.own]: on.onOwn,
    [ACTIONS.logCallback]: on.onLogCallback,
    [ACTIONS.visit]: on.onVisit,
    [ACTIONS.arrived]: on.onArrived,
    [ACTIONS.outcome]: on.onOutcome,
    [ACTIONS.handOver]: on.onHandOver,
    [ACTIONS.settle]: on.onSettle,
    [ACTIONS.closeOut]: on.onCloseOut,
    [ACTIONS.reopen]: on.onReopen,
    [ACTIONS.more]: on.onMore,
    [ACTIONS.timeline]: on.onTimeline,
    [ACTIONS.timelinePage]: on.onTimelinePage,
    [ACTIONS.timelinePreviousPage]: on.onTimelinePage,
    [ACTIONS.edit]: on.onEdit,
    [ACTIONS.reassign]: on.onReassign,
    [ACTIONS.nextLevel]: on.onNextLevel,
    [ACTIONS.stillOnIt]: on.onStillOnIt,
    [ACTIONS.moveCallback]: on.onMoveCallback,
    [ACTIONS.confidential]: on.onConfidential,
    [ACTIONS.setOut]: on.onSetOut,
    [ACTIONS.changeVisit]: on.onChangeVisit,
    [ACTIONS.callOffVisit]: on.onCallOffVisit,
    [ACTIONS.makeGood]: on.onMakeGood,
    [ACTIONS.approve]: on.onApprove,
    [ACTIONS.decline]: on.onDecline,
    [ACTIONS.duplicate]: on.onDuplicate,
    [ACTIONS.split]: onSplit,
    [ACTIONS.mergeCustomer]: onMergeCustomer,
    [ACTIONS.sameCustomer]: onSameCustomer,
    [ACTIONS.otherCustomer]: onOtherCustomer,
    [ACTIONS.warRoom]: on.onWarRoom,
    [ACTIONS.show]: on.onShow,
    [ACTIONS.page]: on.onPage,
    [ACTIONS.previousPage]: on.onPage,
    [ACTIONS.file]: home.onFileHere,
    [ACTIONS.homeList]: home.onList,
    [ACTIONS.homeAll]: home.onList,
    [ACTIONS.homeDepartment]: home.onDepartment,
    [ACTIONS.homeSeverity]: home.onSeverity,
    [ACTIONS.homeLoad]: home.onLoad,
    [ACTIONS.homePage]: home.onPage,
    [ACTIONS.homePreviousPage]: home.onPage,
    [ACTIONS.severity]: on.onSeverity,
    [OPTIONS.rootCause]: on.onRootCause,
  },
  submissions: {
    [MODALS.file]: submitted.onFiled,
    [MODALS.edit]: submitted.onEdited,
    [MODALS.logCallback]: submitted.onCallbackLogged,
    [MODALS.moveCallback]: submitted.onCallbackMoved,
    [MODALS.nextLevel]: submitted.onRaised,
    [MODALS.visit]: submitted.onVisitPlanned,
    [MODALS.changeVisit]: submitted.onVisitChanged,
    [MODALS.callOffVisit]: submitted.onVisitCalledOff,
    [MODALS.makeGood]: submitted.onMadeGood,
    [MODALS.decline]: submitted.onDeclined,
    [MODALS.outcome]: submitted.onVisitOutcome,
    [MODALS.closeOut]: submitted.onClosedOut,
    [MODALS.reopen]: submitted.onReopened,
    [MODALS.confidential]: submitted.onConfidential,
    [MODALS.handOver]: submitted.onHandedOver,
    [MODALS.settle]: submitted.onSettled,
    [MODALS.reassign]: submitted.onReassigned,
    [MODALS.duplicate]: onLinked,
    [MODALS.mergeCustomer]: onCustomerMerged,
  },
  suggestions: {
    [OPTIONS.department]: onDepartments,
    [OPTIONS.origin]: onDepartments,
    [OPTIONS.rootCause]: onRootCauses,
    [OPTIONS.customer]: onCustomers,
    [OPTIONS.homeDepartment]: onHomeDepartments,
  },
  events: {
    app_uninstalled: ({ doubtToken }: House) => doubtToken(),
    tokens_revoked: ({ doubtToken }: House) => doubtToken(),
    app_home_opened: home.onHomeOpened,
    message: onMessage,
    file_deleted: onFileDeleted,
  },
} as const

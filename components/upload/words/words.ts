import type { Detail, Reason } from '#lib/genotype/reason.ts'
import type { Vendor } from '#lib/genotype/vendors.ts'
import type { EndReason, RefusalReason } from '../visit/reason-kinds.ts'
import type { ContactProblem } from '../visit/visit-model.ts'
import type { OtherSource } from './other-sources.ts'
import type { Plural } from './plural.ts'

/** One sentence that says what happened, and one that says what to do. */
export interface Explained {
  what: string
  mend: string
}

/** What was recognised; without `mend` the advice of the reason holds. */
export interface Recognised {
  what: string
  mend?: string
}

/** Steps in order, for one system. */
export interface Guide {
  title: string
  steps: string[]
}

/** How to get the file from one DNA company, and how long that takes. */
export interface VendorGuide {
  steps: string[]
  wait: string
}

export const SYSTEMS = ['ios', 'android', 'mac', 'windows'] as const
export type System = (typeof SYSTEMS)[number]

/**
 * Every word of the upload page in one language: plain data, so that the server can hand it to the page.
 * `{partner}`, `{limit}`, … are filled in by `<Phrase>` and `fill`; a reason or detail without words does not compile.
 * `{time}`, `{needed}` and `{left}` are whole amounts from `Intl` in their plain form ("4 minutes 10 seconds"): phrase
 * around them so that no case ending is needed. Where a number changes the sentence around it, the sentence is a `Plural`.
 */
export interface Words {
  locale: string
  title: string
  /** On the links of test projects, whatever the page shows. */
  test: string
  noScript: string
  /** When the page does not start; `{address}` is where the service is. */
  start: { heading: string; late: string; reload: string; elsewhere: string; open: string; boxed: string }
  /** Stands for the partner while we do not know who it is. */
  someone: string
  steps: { label: string; choose: string; check: string; send: string }
  loading: string
  /** Label of a bar that only shows that work is under way. */
  busy: string
  ready: {
    heading: string
    /** `{vendors}`: the companies whose files are accepted. */
    need: string
    unchanged: string
    mayTake: string
    choose: string
    drop: string
    dropNow: string
    limits: string
    /** How long it takes a person who has the file. */
    takes: string
    /** `{time}`: how much longer the page stays open. */
    window: string
    noFileYet: string
    canceled: string
    resumable: string
  }
  picker: {
    cannotSelect: string
    anyType: string
    silent: string
    /** The page runs inside another app. */
    inApp: string
    inAppCopied: string
    /** A link, for a page shown inside another one. */
    ownWindow: string
  }
  otherDevice: {
    title: string
    how: string
    timeLeft: string
    share: string
    copy: string
    copied: string
    copiedShort: string
    copyByHand: string
    caution: string
  }
  where: { title: string; intro: string; systems: Record<System, Guide> }
  howToGet: { title: string; intro: string; fileName: string; vendors: Record<Vendor, VendorGuide> }
  noFileYet: {
    heading: string
    intro: string
    link: string
    /** `{vendor}`: a link to the company's own page. */
    site: string
    leave: string
    leaveHere: string
    back: string
  }
  reading: { heading: string; text: string; slow: string; cancel: string }
  checked: { heading: string; text: string }
  uploading: {
    heading: string
    bar: string
    /** The form for the number in `{sent}`. */
    sent: Plural
    /** The form that agrees with the whole of `{time}`. */
    remaining: Plural
    estimating: string
    keepOpen: string
    offline: string
    stalled: string
    willNotFit: string
    cancel: string
    /** Asked before anything is thrown away. */
    sure: string
    sureStop: string
    sureGoOn: string
    announceStart: string
    announceShare: string
    announceTooSlow: string
  }
  verifying: { heading: string; text: string; bar: string; stalled: string }
  received: {
    heading: string
    text: string
    close: string
    onward: string
    continue: string
    before: string
    next: string
    /** Labels of the receipt. */
    size: string
    arrived: string
  }
  rejected: {
    heading: string
    headingSeveral: string
    headingService: string
    again: string
    againSame: string
    file: string
    reference: string
    copyReference: string
    details: string
    copy: string
    copied: string
  }
  ended: Record<EndReason, Explained & { heading: string }>
  /**
   * Instead of what `link_invalid` says: this address was taken to a window that never had the link, or a mail program
   * removed what stands behind the `#`.
   */
  addressAlone: Explained
  left: { heading: string; text: string; notReady: string; goOn: string }
  leaving: string
  /** What `network` says of a removed header holds for a removed token, too. */
  unreachable: Record<Exclude<ContactProblem, 'token_removed'>, Explained & { heading: string }> & {
    again: string
  }
  leave: {
    back: string
    stop: string
    /** Leads to the partner's help page. */
    ask: string
  }
  countdown: {
    /** The form that agrees with the whole of `{time}`. */
    left: Plural
    twoMinutes: string
    halfMinute: string
    over: string
  }
  trust: {
    title: string
    /** Once the file has arrived. */
    titleAfter: string
    /** The promise in one line, beside the first button; `more` leads to the rest. */
    inShort: string
    more: string
    who: string
    /** Before the partner's own sentence. */
    purpose: string
    noPurpose: string
    check: string
    /** Both at the same time, or each at its own; `…Until`: no day is set. */
    keptBoth: Plural
    keptFile: Plural
    keptResults: Plural
    keptBothUntil: string
    keptFileUntil: string
    keptResultsUntil: string
    unfinished: string
    erase: string
    promise: string
    privacy: string
    policy: string
    support: string
  }
  /** `{source}` in `otherSource` is a name from `OTHER_SOURCES`, which no language translates. */
  otherSource: string
  /** Something between the person and the service keeps the file from arriving; `request` labels an id for support. */
  network: { blocked: string; tooLarge: string; removed: string; mend: string; request: string }
  reasons: Record<RefusalReason, Explained>
  recognised: Record<Exclude<Detail, OtherSource>, Recognised>
}

/** Reasons with words of their own, wherever they stand; the rest of the list compiles only if it is handled too. */
export type WordedReason = RefusalReason | EndReason
type Unworded = Exclude<Reason, WordedReason | 'already_uploaded' | 'user_canceled' | 'file_not_ready'>
export const everyReasonHasWords: Unworded extends never ? true : never = true

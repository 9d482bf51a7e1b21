import type { Reason } from '#lib/genotype/reason.ts'

/** What a person, or the page that embeds this one, can do. */
export interface VisitControls {
  choose(files: File[]): void
  /** Stops the transfer and deletes what was sent; asks first once sending has begun. */
  cancel(): void
  goOn(): void
  noFileYet(): void
  back(): void
  /** Ends the visit with this reason; without one, with the reason of the rejection in view or `user_canceled`. */
  leave(reason?: Reason): void
  askAgain(): void
  /** Sends the same file once more, or without waiting any longer while it is being sent. */
  tryAgain(): void
}

const nothing = () => undefined

/** Controls that do nothing: those of a preview, and of a page whose script has not started yet. */
export const NO_CONTROLS: VisitControls = {
  choose: nothing,
  cancel: nothing,
  goOn: nothing,
  noFileYet: nothing,
  back: nothing,
  leave: nothing,
  askAgain: nothing,
  tryAgain: nothing,
}

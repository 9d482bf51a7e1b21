/** Whether a key belongs to a field or a dialog, so that it is no shortcut of the page. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]') !== null

/** Whether a dialog covers the page, wherever the focus is: no key is a shortcut of the page then. */
export const isDialogOpen = (): boolean => document.querySelector('[role=dialog]') !== null

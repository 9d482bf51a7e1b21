/** Whether a key belongs to a field or a dialog, so that it is no shortcut of the page. */
export const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  !isFading(target.closest('[role=dialog]')) &&
  target.closest('input:not([type=checkbox]), textarea, select, [contenteditable], [role=dialog]') !== null

/** Whether a dialog covers the page, wherever the focus is: no key is a shortcut of the page then. */
export const isDialogOpen = (): boolean =>
  [...document.querySelectorAll('[role=dialog]')].some((dialog) => !isFading(dialog))

/**
 * A dialog that was closed stays in the document, and its field may keep the focus, until it has faded out. One that opens
 * looks the same in its first frame only: a key then still belongs to the page.
 */
const isFading = (dialog: Element | null): boolean =>
  dialog instanceof HTMLElement && dialog.style.opacity === '0'

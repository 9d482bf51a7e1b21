import type { Frame, FrameLocator, Page, Request } from '@playwright/test'
import { KEPT_KEY } from '#components/upload/start/early-visit.ts'
import type { PickedFile } from './made-files.ts'

/** The page itself, or the frame that shows it. */
export type Place = Page | FrameLocator

/** What a screen reader calls the controls of the page, in English. */
export const NAMES = {
  choose: 'Choose my .zip file',
  chooseAnother: 'Choose another file',
  chooseAgain: 'Choose the file again',
  noFileYet: 'I don’t have it yet',
  moreTime: 'Tell Acme Genetics I need more time',
  cannotSelect: 'I can’t select my file',
  stopWithoutUploading: 'Stop without uploading',
  back: 'Back to Acme Genetics',
  goOn: 'Continue with the upload',
  onward: 'Continue to Acme Genetics',
  tryAgain: 'Try again',
} as const

/** Headings of the stages, in English. */
export const HEADINGS = {
  ready: 'Send your DNA file to Acme Genetics',
  received: 'Acme Genetics has your file',
  uploading: /^Sending your .+ file to Acme Genetics$/,
  verifying: 'Checking your file',
  rejected: 'This file does not work',
  rejectedByUs: 'That did not work',
  left: 'You stopped the upload',
} as const

const PICK = new RegExp(`^(${NAMES.choose}|${NAMES.chooseAnother}|${NAMES.chooseAgain})$`)

export const pickButton = (place: Place) => place.getByRole('button', { name: PICK })

/** Press the button that opens the system's chooser, and choose these files there. */
export async function pick(page: Page, files: PickedFile | PickedFile[], place: Place = page): Promise<void> {
  const chooser = page.waitForEvent('filechooser')
  await pickButton(place).click()
  await (await chooser).setFiles(files)
}

/** Whether the visit runs here, so that it has decided whether to open the session. Answers in a frame that nobody sees, too. */
export const visitRuns = (place: Page | Frame): Promise<boolean> =>
  place.evaluate((key) => {
    const start = (window as unknown as Record<string, { taken?: boolean; timer?: number } | undefined>)[key]
    return start?.taken === true && start.timer === undefined
  }, KEPT_KEY)

/** The announced refusal; an alert without text does not count. */
export const refusal = (place: Place) => place.getByRole('alert').filter({ hasText: /\S/ })

/** Every request of the page to where files are sent; grows as they are made. */
export function watchSending(page: Page): Request[] {
  const sent: Request[] = []
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.startsWith('/api/upload/files')) sent.push(request)
  })
  return sent
}

/** Makes the page ask the server for its state, as it does when the network returns. */
export async function wake(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await page.context().setOffline(false)
}

/** What the address bar shows once the page has taken the token out of it. */
export const addressOf = (link: string, sampleId: string): string =>
  link.replace(/\?.*$/, `?sample=${sampleId}`)

import type { System } from './words/words.ts'

/** What the page knows about the device it runs on: only used to put the fitting help first. */
export interface Device {
  system: System | null
  /** This same link, to go on elsewhere; null where there is none to give. */
  link: string | null
  canShare: boolean
}

export const unknownDevice: Device = { system: null, link: null, canShare: false }

export function systemOf(userAgent: string, touchPoints: number): System | null {
  if (/Android/i.test(userAgent)) return 'android'
  if (/iPhone|iPad|iPod/i.test(userAgent)) return 'ios'
  // An iPad calls itself a Mac, but no Mac has a touch screen.
  if (/Macintosh/i.test(userAgent)) return touchPoints > 1 ? 'ios' : 'mac'
  return /Windows/i.test(userAgent) ? 'windows' : null
}

export const thisDevice = (): Device => ({
  system: systemOf(navigator.userAgent, navigator.maxTouchPoints),
  link: location.href,
  canShare: typeof navigator.share === 'function',
})

import type { System } from './words/words.ts'

/** What the page knows about the device it runs on: only used to put the fitting help first. */
export interface Device {
  system: System | null
  /** This same link, to go on elsewhere; null where there is none to give. */
  link: string | null
  canShare: boolean
  /** Inside the browser of another app, where choosers often fail. */
  insideApp: boolean
  /** Inside a page of somebody else's. */
  framed: boolean
}

export const unknownDevice: Device = {
  system: null,
  link: null,
  canShare: false,
  insideApp: false,
  framed: false,
}

export function systemOf(userAgent: string, touchPoints: number): System | null {
  if (/Android/i.test(userAgent)) return 'android'
  if (/iPhone|iPad|iPod/i.test(userAgent)) return 'ios'
  // An iPad calls itself a Mac, but no Mac has a touch screen.
  if (/Macintosh/i.test(userAgent)) return touchPoints > 1 ? 'ios' : 'mac'
  return /Windows/i.test(userAgent) ? 'windows' : null
}

/** Apps that show links in a browser of their own. A partner's own app is none of them: it has reasons to be there. */
const APPS =
  /\b(FBA[NV]|FB_IAB|Instagram|Messenger|Line|MicroMessenger|Snapchat|Pinterest|LinkedInApp|TikTok|musical_ly|Bytedance\w*|Twitter(?:Android)?|GSA|KAKAOTALK|NAVER)\b/

export const isInsideApp = (userAgent: string): boolean => APPS.test(userAgent)

export const thisDevice = (): Device => ({
  system: systemOf(navigator.userAgent, navigator.maxTouchPoints),
  link: location.href,
  canShare: typeof navigator.share === 'function',
  insideApp: isInsideApp(navigator.userAgent),
  framed: window.parent !== window,
})

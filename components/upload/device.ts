import { linkOfVisit } from './start/early-visit.ts'
import type { System } from './words/words.ts'

/** What the page knows about the device it runs on: used only to put the most useful help first. */
export interface Device {
  system: System | null
  /** This page's link, to continue on another device; null when there is none. */
  link: string | null
  /** The address without its link, in a window that never had it. */
  addressAlone: boolean
  canShare: boolean
  /** In another app's browser, where file choosers often fail. */
  insideApp: boolean
  /** Shown inside another page. */
  framed: boolean
}

export const unknownDevice: Device = {
  system: null,
  link: null,
  addressAlone: false,
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

/** Apps that open links in their own browser. A partner's own app is not listed: it shows the page on purpose. */
export const APPS =
  /\b(FBA[NV]|FB_IAB|Instagram|Messenger|Line|MicroMessenger|Snapchat|Pinterest|LinkedInApp|TikTok|musical_ly|Bytedance\w*|Twitter(?:Android)?|GSA|KAKAOTALK|NAVER)\b/

export const isInsideApp = (userAgent: string): boolean => APPS.test(userAgent)

export function thisDevice(): Device {
  const { link } = linkOfVisit()
  return {
    system: systemOf(navigator.userAgent, navigator.maxTouchPoints),
    link,
    addressAlone: link === null && new URLSearchParams(location.search).has('sample'),
    canShare: typeof navigator.share === 'function',
    insideApp: isInsideApp(navigator.userAgent),
    framed: window.parent !== window,
  }
}

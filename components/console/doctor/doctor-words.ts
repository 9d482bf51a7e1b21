import type { WireDoctorReport } from '#lib/doctor/wire.ts'

type Level = WireDoctorReport['findings'][number]['level']

/** In the order in which results are shown. The word carries the meaning; the colour only adds to it. */
export const LEVELS_WORST_FIRST: readonly { level: Level; label: string; color: string }[] = [
  { level: 'fails', label: 'Must change', color: 'red' },
  { level: 'falls_back', label: 'Falls back', color: 'orange' },
  { level: 'untried', label: 'Not tried', color: 'gray' },
  { level: 'works', label: 'Works', color: 'green' },
]

export const BROWSER_WORDS: Record<WireDoctorReport['browser'], string> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
  samsung: 'Samsung Internet',
  opera: 'Opera',
  android_webview: 'Android WebView',
  ios_webview: 'WebView of iOS',
  in_app: 'Browser inside another company’s app',
  other: 'Unknown browser',
}

import { CHECKS } from '../finding.ts'
import type { DoctorWords, Said } from './words.ts'

/** The words of the checks themselves, which the API and the console show, too. */
const checks = Object.fromEntries(
  Object.entries(CHECKS).map(([check, { title, findings }]) => [
    check,
    {
      title,
      findings: Object.fromEntries(
        Object.entries(findings as Record<string, { words: string; change?: string }>).map(
          ([finding, { words, change }]): [string, Said] => [finding, change ? [words, change] : words],
        ),
      ),
    },
  ]),
) as unknown as DoctorWords['checks']

export const en: DoctorWords = {
  locale: 'en',
  title: 'Doctor',
  lead: 'What an upload needs, tried in this browser, in these surroundings and on this network. Nothing about you is read, and a file that you choose here is not sent.',
  busy: {
    what: 'Too many visits from this network at the moment.',
    mend: 'Wait a minute, then load this page again.',
  },
  notStarted: {
    what: 'The script of this page does not run here.',
    mend: 'The upload page would not run either. The browser or WebView may be older than the oldest that is supported (Safari 15.4, Chrome 90, Edge 90, Firefox 91), or something blocks scripts from this address. Update it, allow scripts, or open the page in another browser.',
  },
  noScript: {
    what: 'Scripts are switched off here.',
    mend: 'The upload page needs them. In an Android WebView, call setJavaScriptEnabled(true). In a frame, add allow-scripts to its sandbox attribute.',
  },
  script: {
    trying: 'Trying …',
    summary: {
      fails: {
        one: 'One thing must change before uploads work here.',
        other: '{n} things must change before uploads work here.',
      },
      fallsBack: {
        one: 'Uploads work here. One thing could be better.',
        other: 'Uploads work here. {n} things could be better.',
      },
      works: 'Uploads work here.',
    },
    noAnswer: 'no answer',
    status: 'status {status}',
  },
  levels: { works: 'Works', falls_back: 'Falls back', fails: 'Must change', untried: 'Not tried' },
  chooser: {
    title: 'Try the file chooser',
    text: 'Choose any file, best one that is stored in a cloud, such as Google Drive or iCloud. It is read here and not sent.',
    button: 'Choose a file',
  },
  keep: {
    title: 'Show the result to the people who run this service',
    text: 'They see it in their console, under Doctor, by the code that you get here. It holds what stands on this page and the name of the browser, and is deleted after a day.',
    button: 'Get a code',
    failed: 'The result could not be kept. Try again in a minute.',
  },
  checks,
}

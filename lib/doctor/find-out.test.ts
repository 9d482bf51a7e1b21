import { describe, expect, test } from 'vitest'
import { browserOfAgent, type Facts, findingsOf, type Probe, sayFigure } from './find-out.ts'
import { CHECK_NAMES, CHECKS, type Check, meaningOf } from './finding.ts'

const PASSED: Probe = {
  status: 200,
  ours: true,
  whole: true,
  sawToken: true,
  sawOffset: true,
  offsetCame: true,
}
const NO_ANSWER: Probe = {
  status: 0,
  ours: false,
  whole: false,
  sawToken: false,
  sawOffset: false,
  offsetCame: false,
}
const foreign = (status: number): Probe => ({ ...NO_ANSWER, status })

/** A current browser in a frame by embed.js, on a network that changes nothing. */
const FINE: Facts = {
  atHome: true,
  boxed: false,
  place: 'frame',
  missing: 0,
  secure: true,
  chooser: 'opened',
  file: 'read',
  inflates: true,
  digests: true,
  worker: true,
  storage: true,
  skewSeconds: 0.4,
  head: PASSED,
  patch: PASSED,
  inHeader: null,
  oneRequest: null,
  bodies: [
    { bytes: 65_536, probe: PASSED },
    { bytes: 5_242_880, probe: PASSED },
  ],
  host: 'answers',
  isolated: false,
  screen: 'held',
}

const found = (facts: Partial<Facts>) =>
  Object.fromEntries(
    findingsOf({ ...FINE, ...facts }).map(({ check, finding, figure }) => [check, [finding, figure]]),
  ) as Record<Check, [string, number | null]>

test('where nothing is wrong every check works, each once and in order', () => {
  const findings = findingsOf(FINE)
  expect(findings.map(({ check }) => check)).toEqual(CHECK_NAMES)
  expect(findings.map(({ check, finding }) => meaningOf(check, finding)?.level)).toEqual(
    CHECK_NAMES.map(() => 'works'),
  )
})

test('a sandbox without an origin is the only finding: nothing else can be tried in it', () => {
  expect(findingsOf({ ...FINE, boxed: true })).toEqual([
    { check: 'surroundings', finding: 'sandbox', figure: null },
  ])
})

describe('the network', () => {
  const NOTHING: Partial<Facts> = { head: foreign(405), patch: foreign(405), bodies: [] }

  test.each<[string, Partial<Facts>, string, number]>([
    ['refuses PATCH', { patch: foreign(405), inHeader: PASSED }, 'in_header', 405],
    ['refuses HEAD alone', { head: foreign(501), inHeader: PASSED }, 'in_header', 501],
    [
      'knows no upload by name',
      { ...NOTHING, inHeader: foreign(403), oneRequest: PASSED },
      'one_request',
      405,
    ],
    ['refuses everything', { ...NOTHING, inHeader: foreign(403), oneRequest: foreign(403) }, 'blocked', 405],
    ['swallows everything', { head: NO_ANSWER, patch: NO_ANSWER, bodies: [] }, 'blocked', 0],
    ['shows a page of its own with 200', { patch: foreign(200), bodies: [] }, 'blocked', 200],
  ])('that %s', (_, facts, finding, figure) => {
    expect(found(facts).methods).toEqual([finding, figure])
  })

  test('that takes nothing leaves sizes and headers open', () => {
    const { bodies, headers } = found({ ...NOTHING })
    expect([bodies[0], headers[0]]).toEqual(['unknown', 'unknown'])
  })

  test('is named by the largest body that arrived whole', () => {
    const bodies = [
      { bytes: 65_536, probe: PASSED },
      { bytes: 524_288, probe: { ...PASSED, whole: false } },
      { bytes: 1_048_576, probe: foreign(413) },
    ]
    expect(found({ bodies }).bodies).toEqual(['smaller', 65_536])
    expect(found({ bodies: [{ bytes: 65_536, probe: { ...PASSED, whole: false } }] }).bodies[0]).toBe('cut')
  })

  test.each<[Partial<Probe>, string]>([
    [{ sawToken: false }, 'token_removed'],
    [{ offsetCame: false }, 'answer_removed'],
    [{ sawOffset: false, offsetCame: false }, 'removed'],
  ])('whose headers arrive as %o', (headers, finding) => {
    expect(found({ patch: { ...PASSED, ...headers } }).headers[0]).toBe(finding)
  })
})

test('a clock counts as wrong beyond a minute, in either direction, and as unknown without an answer', () => {
  expect(found({ skewSeconds: 60 }).clock).toEqual(['right', null])
  expect(found({ skewSeconds: -61 }).clock).toEqual(['wrong', 61])
  expect(found({ skewSeconds: null }).clock[0]).toBe('unknown')
  expect([90, 600, 90_000].map((seconds) => sayFigure('clock', seconds))).toEqual([
    '90 seconds',
    '10 minutes',
    '25 hours',
  ])
})

test('every other fault of browser and host has its own finding', () => {
  const faults: [Partial<Facts>, Check, string][] = [
    [{ atHome: false }, 'address', 'elsewhere'],
    [{ missing: 2 }, 'scripts', 'old'],
    [{ secure: false }, 'connection', 'insecure'],
    [{ chooser: 'silent' }, 'chooser', 'silent'],
    [{ file: 'unreadable' }, 'file', 'unreadable'],
    [{ inflates: false }, 'inflate', 'loaded'],
    [{ digests: false }, 'digest', 'own'],
    [{ worker: false }, 'worker', 'refused'],
    [{ host: 'silent' }, 'host', 'silent'],
    [{ screen: 'refused' }, 'screen', 'refused'],
  ]
  for (const [facts, check, finding] of faults) {
    const others = findingsOf(FINE).filter((one) => one.check !== check)
    expect(found(facts)[check][0]).toBe(finding)
    expect(findingsOf({ ...FINE, ...facts }).filter((one) => one.check !== check)).toEqual(others)
  }
})

test('what does not work says what to change', () => {
  const silent = CHECK_NAMES.flatMap((check) =>
    Object.entries(CHECKS[check].findings)
      .filter(([, meaning]) => meaning.level === 'fails' && !('change' in meaning))
      .map(([finding]) => `${check} ${finding}`),
  )
  expect(silent).toEqual([])
})

test.each([
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Version/4.0 Chrome/120.0 Mobile Safari/537.36',
    'android_webview',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148',
    'ios_webview',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1',
    'safari',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Instagram 300.0',
    'in_app',
  ],
  ['Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0', 'edge'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'firefox'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36', 'chrome'],
  ['curl/8.0', 'other'],
])('of %s only the family is known', (agent, browser) => {
  expect(browserOfAgent(agent)).toBe(browser)
})

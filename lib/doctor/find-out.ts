import type { Browser, Check, Finding } from './finding.ts'

/** One request of the page to the server, and what came back. */
export interface Probe {
  /** Of the answer; 0: none came. */
  status: number
  /** The answer is the service's own, not that of something in between. */
  ours: boolean
  /** The server received every byte. */
  whole: boolean
  /** The server saw these headers of the request. */
  sawToken: boolean
  sawOffset: boolean
  /** The headers of the answer arrived. */
  offsetCame: boolean
}

/** What the page observed, before it is judged. */
export interface Facts {
  atHome: boolean
  boxed: boolean
  place: 'window' | 'frame' | 'app'
  /** How many needed interfaces are missing. */
  missing: number
  secure: boolean
  chooser: 'untried' | 'opened' | 'silent'
  file: 'untried' | 'read' | 'unreadable'
  inflates: boolean
  digests: boolean
  worker: boolean
  storage: boolean
  /** Device's minus server's; null: no answer. */
  skewSeconds: number | null
  head: Probe
  patch: Probe
  /** A POST that names its method, and one that begins and sends all at once; null: not needed. */
  inHeader: Probe | null
  oneRequest: Probe | null
  /** The way that got through, by growing size, up to the first size that did not. */
  bodies: { bytes: number; probe: Probe }[]
  host: 'none' | 'answers' | 'app' | 'silent'
  isolated: boolean
  screen: 'held' | 'refused' | 'missing'
}

/**
 * What the facts mean, one finding for each check. Pure, and complete in itself: the page runs the text of this function,
 * so that what is tested is what judges.
 */
export function findingsOf(facts: Facts): Finding[] {
  const CLOCK_SECONDS_MAX = 60
  const LARGE_BYTES = 5 * 1_048_576
  const found = (check: Check, finding: string, figure: number | null = null) =>
    ({ check, finding, figure }) as Finding
  if (facts.boxed) return [found('surroundings', 'sandbox')]

  const arrived = (probe: Probe | null) => probe?.ours === true && probe.status < 400
  const plain = arrived(facts.head) && arrived(facts.patch)
  const way = plain
    ? 'plain'
    : arrived(facts.inHeader)
      ? 'in_header'
      : arrived(facts.oneRequest)
        ? 'one_request'
        : 'blocked'
  const refusedStatus = (arrived(facts.patch) ? facts.head : facts.patch).status
  const passed = {
    plain: facts.patch,
    in_header: facts.inHeader,
    one_request: facts.oneRequest,
    blocked: null,
  }[way]

  const sizes = facts.bodies.filter(({ probe }) => arrived(probe) && probe.whole).map(({ bytes }) => bytes)
  const most = Math.max(0, ...sizes)
  const body =
    passed === null
      ? found('bodies', 'unknown')
      : most >= LARGE_BYTES
        ? found('bodies', 'large', most)
        : most > 0
          ? found('bodies', 'smaller', most)
          : found('bodies', 'cut')

  const headers =
    passed === null
      ? 'unknown'
      : !passed.sawOffset
        ? 'removed'
        : !passed.offsetCame
          ? 'answer_removed'
          : passed.sawToken
            ? 'kept'
            : 'token_removed'

  const { skewSeconds } = facts
  const off = skewSeconds === null ? 0 : Math.round(Math.abs(skewSeconds))
  const clock =
    skewSeconds === null
      ? found('clock', 'unknown')
      : off > CLOCK_SECONDS_MAX
        ? found('clock', 'wrong', off)
        : found('clock', 'right')

  return [
    found('address', facts.atHome ? 'right' : 'elsewhere'),
    found('surroundings', facts.place),
    facts.missing > 0 ? found('scripts', 'old', facts.missing) : found('scripts', 'current'),
    found('connection', facts.secure ? 'secure' : 'insecure'),
    found('chooser', facts.chooser),
    found('file', facts.file),
    found('inflate', facts.inflates ? 'built_in' : 'loaded'),
    found('digest', facts.digests ? 'built_in' : 'own'),
    found('worker', facts.worker ? 'runs' : 'refused'),
    found('storage', facts.storage ? 'available' : 'refused'),
    clock,
    found('methods', way, way === 'plain' ? null : refusedStatus),
    body,
    found('headers', headers),
    found('host', facts.host),
    found('isolation', facts.isolated ? 'isolated' : 'open'),
    found('screen', facts.screen),
  ]
}

/** What was measured, for people, in English or in these words. Complete in itself, as above. */
export function sayFigure(
  check: Check,
  figure: number,
  { locale, noAnswer, status } = { locale: 'en', noAnswer: 'no answer', status: 'status {status}' },
): string {
  if (check === 'clock') {
    const [number, unit] =
      figure < 120
        ? [figure, 'second']
        : figure < 7_200
          ? [Math.round(figure / 60), 'minute']
          : [Math.round(figure / 3_600), 'hour']
    return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(number)
  }
  if (check === 'bodies')
    return figure < 1_048_576 ? `${Math.round(figure / 1_024)} KiB` : `${Math.round(figure / 1_048_576)} MiB`
  if (check === 'methods') return figure === 0 ? noAnswer : status.replace('{status}', String(figure))
  return String(figure)
}

/** The browser's family by its user agent. Complete in itself, as above. */
export function browserOfAgent(agent: string): Browser {
  const ios = /iPhone|iPad|iPod/.test(agent)
  const families: [RegExp, Browser][] = [
    [
      /FBAN|FBAV|FB_IAB|Instagram|MicroMessenger|Line\/|Snapchat|Pinterest|TikTok|musical_ly|KAKAOTALK/,
      'in_app',
    ],
    [/; wv\)/, 'android_webview'],
    [/\bEdg(?:e|A|iOS)?\//, 'edge'],
    [/\bOPR\/|\bOPiOS\//, 'opera'],
    [/SamsungBrowser\//, 'samsung'],
    [/Firefox\/|FxiOS\//, 'firefox'],
    [/Chrome\/|CriOS\//, 'chrome'],
    [/Version\/[\d.]+.*Safari\//, 'safari'],
  ]
  const known = families.find(([pattern]) => pattern.test(agent))
  if (known) return known[1]
  return ios ? 'ios_webview' : 'other'
}

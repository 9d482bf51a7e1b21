import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

/** Who may import whom (docs/architecture.md). Slices stand in order: each imports itself and those to its left. */
const SLICES = [
  'genotype',
  'wire',
  'sealing',
  'access',
  'audit',
  'projects',
  'keys',
  'people',
  'idempotency',
  'webhooks',
  'samples',
  'analysis',
  'sessions',
  'fastq',
  'insights',
  'doctor',
] as const

/** Packages a place may import as code. What is missing here may import none. */
const PACKAGES: [place: RegExp, packages: RegExp][] = [
  [
    /^lib\/(wire|audit|projects|keys|people|webhooks|samples|analysis|sessions|fastq|insights|doctor)\//,
    /^zod$/,
  ],
  [/^lib\/(projects\/pipeline-capability|sealing\/digest)\.ts$/, /^node:crypto$/],
  // The check sum of a key.
  [/^lib\/keys\/api-key\.ts$/, /^node:zlib$/],
  [/^lib\/[a-z]+\/([a-z]+\/)?[a-z-]+-table\.ts$/, /^kysely$/],
  [/^lib\/(sealing|people|sessions\/link)\//, /^jose$/],
  [/^lib\/keys\/ip-range\.ts$/, /^ipaddr\.js$/],
  [/^lib\/sessions\/upload\/tus\.ts$/, /^@tus\/server$/],
  [/^lib\/insights\/write-overviews\.ts$/, /^csv-stringify\/sync$/],
  // Rules of a map file, for the browser too: the build without node:.
  [/^lib\/fastq\/map\//, /^csv-parse\/browser\/esm\/sync$/],
  // The first bytes of a stranger's FASTQ file are unpacked, and no more.
  [/^lib\/fastq\/judge-start\.ts$/, /^node:zlib$/],
  // The thread that reads a stranger's archive, and the file that starts it.
  [/^lib\/sessions\/upload\/(check-archive|inflate)[a-z-]*\.ts$/, /^(@zip\.js\/zip\.js|node:.*)$/],
  // The thread that analyses an export, an operator's command, and imputation: all work in the folder of one run.
  [/^lib\/analysis\/(array|command|imputation)\//, /^node:.*$/],
  [/^lib\/imputation-panel\//, /^node:.*$/],
  // Months of the audit trail in an operator's folder.
  [/^lib\/audit\/archive\//, /^node:.*$/],
  // What an analysis made, measured and packed on its way to the store and back.
  [/^lib\/samples\/(measure-bytes|pack-deliverable)\.ts$/, /^node:(crypto|stream|zlib)$/],
  // The analyzer that writes the report into a run's folder.
  [/^lib\/samples\/pack-record\.ts$/, /^node:(util|zlib)$/],
  [/^lib\/analysis\/report\/analyse-quality\.ts$/, /^node:(fs\/promises|path)$/],
  // A run's FASTQ files: fetched to the local disk, checked in a thread, reported.
  [/^lib\/fastq\/(content|fetch|report)\//, /^node:.*$/],
  // The page `/doctor` is drawn from files beside it, outside of Next.
  [/^lib\/doctor\/page\//, /^node:.*$/],
  [/^lib\/openapi\//, /^(zod|node:.*)$/],
  [/^lib\/docs\//, /^(marked|node:.*)$/],
  [/^lib\/platform\//, /./],
  [/^lib\/[a-z-]+\.ts$/, /./],
  [/^lib\/cli\//, /./],
  [/^lib\/testing\//, /./],
  [/^app\//, /^(next|react|react-dom|zod)(\/|$)/],
  [/^components\//, /^(react|react-dom|react-dropzone|jszip|tus-js-client|next)(\/|$)/],
  [/^components\/console\//, /^(@mantine\/[a-z]+|@tanstack\/react-(query|table)|qrcode\.react|recharts)$/],
  // The look of the component library: only where the console is.
  [/^app\/console\//, /^@mantine\/[a-z]+\/styles\.css$/],
  [/^e2e\//, /./],
  [/^bench\//, /./],
]

/** A page on Node's own response, whose texts are kept and packed as those of `/docs` are. */
const SENT_OUTSIDE_OF_NEXT = /^lib\/doctor\/page\//
const KEPT_AND_PACKED = ['lib/platform/http/packed-text.ts', 'lib/platform/load-once.ts']
/** What SQL of several slices is made of: no connection, no domain. */
const PIECES_OF_SQL = [
  'bounded-list',
  'count-and-page',
  'delete-some',
  'estimate-rows',
  'find-by-trigrams',
  'microseconds',
  'prepared-statement',
].map((name) => `lib/platform/db/${name}.ts`)
/** How work goes on past what fails, and for how long: no outside world, no domain. */
const TRYING = ['lib/platform/try-each.ts', 'lib/platform/work-off.ts']

interface Import {
  from: string
  to: string
  typeOnly: boolean
}

/** Why an import is not allowed; undefined when it is. */
function refuse({ from, to, typeOnly }: Import): string | undefined {
  if (!isOurs(to)) {
    if (typeOnly) return undefined
    const allowed = PACKAGES.some(([place, packages]) => place.test(from) && packages.test(to))
    return allowed ? undefined : 'this package has no place there'
  }
  if (from.endsWith('.ts') && from.startsWith('lib/') && to.endsWith('.tsx')) return 'Node cannot run .tsx'
  if (/-table\.ts$/.test(to) && sliceOf(from) !== sliceOf(to)) {
    return typeOnly ? undefined : 'the SQL of a slice is its own'
  }
  return refuseWithinUs({ from, to, typeOnly })
}

function refuseWithinUs({ from, to, typeOnly }: Import): string | undefined {
  const [top, second] = from.split('/') as [string, string]
  const inLib = to.startsWith('lib/')
  if (top === 'lib' && second === 'genotype')
    return to.startsWith('lib/genotype/') ? undefined : 'genotype is pure'
  if (top === 'lib' && isSlice(second)) return refuseFromSlice(second, { from, to, typeOnly })
  if (top === 'lib' && second === 'platform') {
    if (to === 'lib/services.ts') return 'platform knows nothing of what is built from it'
    if (typeOnly || to.startsWith('lib/platform/') || to === 'lib/problem.ts') return undefined
    return 'platform knows no slice'
  }
  if (top === 'lib') return inLib || to === 'package.json' ? undefined : 'lib knows no page'
  if (top === 'components') {
    if (typeOnly || to.startsWith('components/')) return undefined
    const open =
      /^lib\/(genotype\/|sessions\/limits\.ts$|sessions\/embed-messages\.ts$|projects\/(accent|brand|logo)\.ts$|access\/role\.ts$|samples\/(sample|report-file)\.ts$|analysis\/(report\/(plotted|render-plots|usual-figures|describe-check)|percent|find-quality-rule)\.ts$|keys\/request-limit\.ts$|wire\/pick-language\.ts$|fastq\/(map\/|presigned-url\.ts$|report\/render-reads\.ts$))/
    return open.test(to)
      ? undefined
      : 'components see genotype, session limits, embed messages, languages, FASTQ maps, drawings and words of the reports, and what a brand, a role, a status and a report may be'
  }
  if (top === 'app' && /\/api\//.test(from) && to.startsWith('components/')) return 'routes render nothing'
  if (top === 'e2e' && inLib && !typeOnly && !to.startsWith('lib/genotype/')) return 'e2e is black box'
  return undefined
}

function refuseFromSlice(slice: string, { from, to, typeOnly }: Import): string | undefined {
  if (SENT_OUTSIDE_OF_NEXT.test(from) && KEPT_AND_PACKED.includes(to)) return undefined
  if (TRYING.includes(to)) return undefined
  if (PIECES_OF_SQL.includes(to) && from.endsWith('-table.ts')) return undefined
  if (to === 'lib/problem.ts' || (typeOnly && (to === 'lib/services.ts' || to.startsWith('lib/platform/'))))
    return undefined
  const target = to.split('/')[1]!
  if (!to.startsWith('lib/') || !isSlice(target))
    return 'a slice knows slices, problem.ts and types of services'
  return SLICES.indexOf(target) <= SLICES.indexOf(slice as (typeof SLICES)[number])
    ? undefined
    : 'a slice knows only slices to its left'
}

const sliceOf = (file: string): string => file.split('/').slice(0, 2).join('/')
const isSlice = (name: string): name is (typeof SLICES)[number] =>
  (SLICES as readonly string[]).includes(name)
const isOurs = (to: string) => /^(lib|components|app|e2e|bench|public)\//.test(to) || to === 'package.json'

const root = path.resolve(import.meta.dirname, '..')
const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g

function importsOf(from: string, text: string): Import[] {
  return [...text.matchAll(IMPORT)].map(([, type, named, called]) => {
    const specifier = (named ?? called)!
    const to = specifier.startsWith('#')
      ? specifier.slice(1)
      : specifier.startsWith('.')
        ? path.posix.join(path.posix.dirname(from), specifier)
        : specifier
    return { from, to, typeOnly: type !== undefined }
  })
}

function sources(): string[] {
  return ['lib', 'app', 'components'].flatMap((top) =>
    readdirSync(path.join(root, top), { recursive: true, encoding: 'utf8' })
      .map((file) => `${top}/${file.replaceAll(path.sep, '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !/(\.(test|conformance)|-for-tests)\.tsx?$/.test(file)),
  )
}

describe('the allowed imports', () => {
  test('hold in every file', () => {
    const files = sources()
    expect(files.length).toBeGreaterThan(100)
    const refused = files.flatMap((file) =>
      importsOf(file, readFileSync(path.join(root, file), 'utf8')).flatMap((found) => {
        const why = refuse(found)
        return why ? [`${found.from} → ${found.to}: ${why}`] : []
      }),
    )
    expect(refused).toEqual([])
  })

  test.each([
    ['lib/genotype/zip/zip.ts', "import { env } from '#lib/platform/env.ts'"],
    ['lib/genotype/zip/zip.ts', "import fs from 'node:fs'"],
    ['lib/analysis/queue-run.ts', "import { verifyUpload } from '#lib/sessions/upload/verify-upload.ts'"],
    ['lib/access/caller.ts', "import type { ApiKey } from '#lib/keys/api-key.ts'"],
    ['lib/wire/fields.ts', "import { Problem } from '#lib/platform/env.ts'"],
    ['lib/platform/secrets.ts', "import type { Services } from '#lib/services.ts'"],
    ['lib/insights/show-insights.ts', "import { selectSample } from '#lib/samples/samples-table.ts'"],
    ['lib/sessions/open-session.ts', "import { selectSample } from '#lib/samples/samples-table.ts'"],
    ['lib/sessions/open-session.ts', "import { connect } from '#lib/platform/db/connect.ts'"],
    ['lib/sessions/open-session.ts', "import {\n  sql,\n} from 'kysely'"],
    ['lib/platform/clock.ts', "import { Session } from '#lib/sessions/session.ts'"],
    ['components/upload/upload-view.tsx', "import { openSession } from '#lib/sessions/open-session.ts'"],
    ['components/upload/upload-view.tsx', "const { a } = await import('#lib/services.ts')"],
    ['app/api/upload/open/route.ts', "import { UploadView } from '#components/upload/upload-view.tsx'"],
    ['lib/cli/main.ts', "import { UploadView } from '#components/upload/upload-view.tsx'"],
    ['lib/sessions/upload/verify-upload.ts', "import { ZipReader } from '@zip.js/zip.js'"],
  ])('bite: %s may not %s', (from, text) => {
    const found = importsOf(from, text)
    expect(found).toHaveLength(1)
    expect(refuse(found[0]!)).toBeDefined()
  })

  test.each([
    ['lib/sessions/upload/verify-upload.ts', "import { queueRun } from '#lib/analysis/queue-run.ts'"],
    ['lib/sessions/open-session.ts', "import type { Services } from '#lib/services.ts'"],
    ['components/upload/upload-view.tsx', "import type { SessionView } from '#lib/sessions/wire.ts'"],
  ])('let through: %s may %s', (from, text) => {
    expect(refuse(importsOf(from, text)[0]!)).toBeUndefined()
  })
})

/** Files that import one another, types included; a circle has no first file to read. */
function circlesAmong(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const circles: string[][] = []
  // Tarjan, "Depth-first search and linear graph algorithms" (1972).
  const visit = (file: string) => {
    order.set(file, order.size)
    lowest.set(file, order.get(file)!)
    open.push(file)
    for (const to of imports.get(file) ?? []) {
      if (!imports.has(to)) continue
      if (!order.has(to)) visit(to)
      if (open.includes(to)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(to)!))
    }
    if (lowest.get(file) !== order.get(file)) return
    const circle = open.splice(open.indexOf(file))
    if (circle.length > 1) circles.push(circle)
  }
  for (const file of imports.keys()) if (!order.has(file)) visit(file)
  return circles
}

describe('import circles', () => {
  test('do not exist, types included', () => {
    const imports = new Map(
      sources().map((file) => [
        file,
        importsOf(file, readFileSync(path.join(root, file), 'utf8')).map(({ to }) => to),
      ]),
    )
    expect(imports.size).toBeGreaterThan(100)
    expect(circlesAmong(imports)).toEqual([])
  })

  test('bite: one over three files is found, a diamond is none', () => {
    expect(
      circlesAmong(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
          ['d', ['a']],
        ]),
      ),
    ).toHaveLength(1)
    expect(
      circlesAmong(
        new Map([
          ['a', ['b', 'c']],
          ['b', ['d']],
          ['c', ['d']],
          ['d', []],
        ]),
      ),
    ).toEqual([])
  })
})

test('no file hides what is inside behind its name', () => {
  const hiding = sources().filter((file) =>
    /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)|(^|\/)index\.tsx?$/.test(file),
  )
  expect(hiding).toEqual([])
})

test('only env.ts reads the environment', () => {
  const readers = sources().filter(
    (file) =>
      file !== 'lib/platform/env.ts' &&
      // Programs that the console shows to partners.
      file !== 'components/console/webhooks/checking-samples.ts' &&
      !file.startsWith('lib/testing/') &&
      /process\.env\b/.test(readFileSync(path.join(root, file), 'utf8')),
  )
  expect(readers).toEqual([])
})

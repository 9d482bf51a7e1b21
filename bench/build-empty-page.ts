import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { sourcesHash } from '../bin/build.mjs'

const root = path.resolve(import.meta.dirname, '..')
/** Below the build's cache: ignored by everything, kept by the next build, and packages are found from there. */
const copy = path.join(root, '.next/cache/with-empty-page')
const stamp = path.join(copy, 'built-from')
const COPIED = [
  'app',
  'components',
  'lib',
  'public',
  'e2e',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]
const EMPTY_PAGE = path.join(import.meta.dirname, 'empty-page')

/** A build of this tree with one more page, `/empty-page`, unless there is one of the same sources; its directory. */
export function buildWithEmptyPage(): string {
  const page = ['page.tsx', 'empty-panel.tsx'].map((file) =>
    readFileSync(path.join(EMPTY_PAGE, file), 'utf8'),
  )
  const sources = [sourcesHash(root), ...page].join('\n')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return copy

  rmSync(copy, { recursive: true, force: true })
  mkdirSync(copy, { recursive: true })
  for (const name of COPIED) {
    if (existsSync(path.join(root, name)))
      cpSync(path.join(root, name), path.join(copy, name), { recursive: true })
  }
  cpSync(EMPTY_PAGE, path.join(copy, 'app/empty-page'), { recursive: true })
  writeFileSync(path.join(copy, 'next.config.mjs'), configFor())
  const { status } = spawnSync(
    process.execPath,
    [path.join(root, 'node_modules/next/dist/bin/next'), 'build'],
    {
      cwd: copy,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    },
  )
  if (status !== 0) throw new Error('The build with an empty page failed; see above')
  writeFileSync(stamp, sources)
  return copy
}

/** The product's own settings; packages lie above the copy, and its types have been checked where they are written. */
const configFor = (): string =>
  [
    `import config from ${JSON.stringify(path.join(root, 'next.config.mjs'))}`,
    `const root = ${JSON.stringify(root)}`,
    'export default {',
    '  ...config,',
    '  typescript: { ignoreBuildErrors: true },',
    '  outputFileTracingRoot: root,',
    '  turbopack: { root },',
    '}',
    '',
  ].join('\n')

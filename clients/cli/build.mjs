// Bundles the command line and what it needs into dist/, with the licences of the packages in it. Run by `npm pack`.
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { install } from '../../bin/install.mjs'

const here = import.meta.dirname
const root = path.join(here, '../..')
const dist = path.join(here, 'dist')

await install({ development: true })
const { rolldown } = await import('rolldown')
rmSync(dist, { recursive: true, force: true })
const bundle = await rolldown({
  input: { arraydrop: path.join(here, 'main.ts') },
  platform: 'node',
  cwd: root,
})
const { output } = await bundle.write({
  dir: dist,
  format: 'esm',
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name]-[hash].mjs',
  banner: (chunk) => (chunk.isEntry ? '#!/usr/bin/env node' : ''),
})
await bundle.close()
chmodSync(path.join(dist, 'arraydrop.mjs'), 0o755)

const modules = output.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []))
const packages = new Set(
  modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/'))?.[0] ?? []),
)
writeFileSync(path.join(dist, 'LICENSES.txt'), [...packages].sort().map(licenceOf).join('\n'))

/** Name, version and licence of a package, as its own files say. */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one))
  const text = file ? readFileSync(path.join(folder, file), 'utf8') : ''
  return `${name} ${version} (${license})\n\n${text}\n`
}

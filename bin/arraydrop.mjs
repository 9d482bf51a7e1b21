#!/usr/bin/env node
// The command line. Any Node from 20 on may start it; it continues with the bundled one. Only the command writes to stdout.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { bundledNode } from './bundled-node.mjs'
import { install } from './install.mjs'
import { inProject } from './project-root.mjs'
import { replaceProcess } from './replace-process.mjs'
import { dataElsewhere } from './running-services.mjs'

if (/^(-V|--version)$/.test(process.argv[2] ?? '')) {
  console.log(JSON.parse(readFileSync(inProject('package.json'), 'utf8')).version)
  process.exit(0)
}
await install({ development: false })
replaceProcess(bundledNode(), [inProject('lib/cli/main.ts'), ...process.argv.slice(2)], {
  NODE_ENV: 'production',
  ...process.env,
  ...sharedDataDirectory(),
  ARRAYDROP_DATA_ELSEWHERE: dataElsewhere(),
})

/** From any folder of the clone, commands use the same data as `npm start`. */
function sharedDataDirectory() {
  if (process.getuid?.() === 0 && !process.env.DATA_DIR) return {}
  return { DATA_DIR: path.resolve(inProject(), process.env.DATA_DIR ?? 'data') }
}

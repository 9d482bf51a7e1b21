#!/usr/bin/env node
// The command line. Started by any Node from 20 on, it goes on with the project's own; stdout is the command's alone.
import path from 'node:path'
import { bundledNode } from './bundled-node.mjs'
import { install } from './install.mjs'
import { inProject } from './project-root.mjs'
import { become } from './replace-process.mjs'

await install()
become(bundledNode(), [inProject('lib/cli/main.ts'), ...process.argv.slice(2)], {
  NODE_ENV: 'production',
  ...process.env,
  ...sharedDataDirectory(),
})

/** From any folder of the clone, commands mean the data that `npm start` uses. */
function sharedDataDirectory() {
  if (process.getuid?.() === 0 && !process.env.DATA_DIR) return {}
  return { DATA_DIR: path.resolve(inProject(), process.env.DATA_DIR ?? 'data') }
}

// What `npm run bench` runs: the benchmark against a build of the working tree.

import { build } from './build.mjs'
import { bundledNode } from './bundled-node.mjs'
import { install } from './install.mjs'
import { inProject, projectRoot } from './project-root.mjs'
import { replaceProcess } from './replace-process.mjs'

await install({ development: true })
const node = bundledNode()
await build(node)
process.chdir(projectRoot)
replaceProcess(node, [inProject('bench/run.ts'), ...process.argv.slice(2)], {
  ...process.env,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
})

// What `npm run bench` runs: the benchmark against a build of what is checked out.

import { build } from './build.mjs'
import { bundledNode } from './bundled-node.mjs'
import { install } from './install.mjs'
import { inProject, projectRoot } from './project-root.mjs'
import { become } from './replace-process.mjs'

await install()
const node = bundledNode()
await build(node)
process.chdir(projectRoot)
become(node, [inProject('bench/run.ts'), ...process.argv.slice(2)], {
  ...process.env,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
})

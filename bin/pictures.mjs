// What `npm run pictures` runs: takes the README's pictures from a service built from what is checked out.
import { build } from './build.mjs'
import { bundledNode } from './bundled-node.mjs'
import { install } from './install.mjs'
import { inProject, projectRoot } from './project-root.mjs'
import { replaceProcess } from './replace-process.mjs'
import { findChromium } from './testing/find-chromium.mjs'

await install({ development: true })
const node = bundledNode()
await build(node)
process.chdir(projectRoot)
const chromium = await findChromium(process.env)
if (!chromium) {
  console.error('There is no Chromium here: install one, or name it with CHROMIUM_PATH.')
  process.exit(1)
}
replaceProcess(node, [inProject('e2e/take-pictures.ts')], {
  ...process.env,
  CHROMIUM_PATH: chromium.path,
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
})

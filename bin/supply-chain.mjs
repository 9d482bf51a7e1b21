// `npm run supply-chain`: licences of every package, known vulnerabilities if the registry reports them, and a bill of materials.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { licenceFaults } from './licences.mjs'
import { inProject, projectRoot } from './project-root.mjs'

const BILL = 'sbom.cdx.json'

const faults = licenceFaults(JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')))
console.log(faults.length === 0 ? 'licences: all allowed' : `licences to review:\n  ${faults.join('\n  ')}`)

const vulnerable = audit()

const bill = npm('sbom', '--sbom-format', 'cyclonedx', '--package-lock-only')
if (bill.status === 0) writeFileSync(inProject(BILL), bill.stdout)
console.log(
  bill.status === 0 ? `bill of materials: ${BILL} (CycloneDX)` : `not run: bill of materials: ${bill.stderr}`,
)

process.exit(faults.length > 0 || vulnerable || bill.status !== 0 ? 1 : 0)

/** Whether there are known vulnerabilities. A registry that does not respond is reported and does not count as a failure. */
function audit() {
  const { stdout } = npm('audit', '--omit=dev', '--json')
  const total = parsed(stdout)?.metadata?.vulnerabilities?.total
  if (total === undefined) {
    console.log(
      'not run: audit: the registry does not respond; rely on the reviewed list in docs/dependencies.md',
    )
    return false
  }
  console.log(`audit: ${total} known vulnerabilities in production dependencies`)
  return total > 0
}

function npm(...args) {
  return spawnSync('npm', args, {
    cwd: projectRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 27,
    shell: process.platform === 'win32',
  })
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

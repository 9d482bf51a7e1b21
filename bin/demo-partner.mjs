// What `npm run demo:partner` runs: a partner's own web site beside a running Arraydrop (docs/examples/partner-site).
import { execFileSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { servePartnerSite } from '../docs/examples/partner-site/partner-site.mjs'
import { inProject } from './project-root.mjs'

const { values } = parseArgs({
  options: {
    host: {
      type: 'string',
      default: process.env.ARRAYDROP_HOST ?? `http://localhost:${process.env.PORT ?? 3000}`,
    },
    'api-key': { type: 'string', default: process.env.ARRAYDROP_API_KEY },
    port: { type: 'string', default: '4000' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  console.log(`npm run demo:partner -- [--host http://localhost:3000] [--api-key KEY] [--port 4000]

A partner's web site that shows the upload page in every possible way. It needs a running Arraydrop ("npm start"), and
creates a key with the role manager in the project "demo" unless one is given. To see webhooks arrive on this machine, start
Arraydrop with ALLOW_PRIVATE_TARGETS=1.`)
  process.exit(0)
}

const service = new URL(values.host).origin
try {
  await fetch(`${service}/api/health/live`)
} catch {
  console.error(
    `Nothing responds at ${service}: start Arraydrop with "npm start", or give another address with --host.`,
  )
  process.exit(1)
}
const apiKey = values['api-key'] ?? newKey()
const site = await servePartnerSite({
  service,
  apiKey,
  projectId: await projectOf(apiKey),
  port: Number(values.port),
}).catch(({ code, message }) => {
  console.error(
    code === 'EADDRINUSE' ? `Port ${values.port} is in use: choose another with --port.` : message,
  )
  process.exit(1)
})

console.log(`The partner's site is ready on ${site.origin}`)
if (site.noWebhooks) {
  console.log(`Webhooks cannot be delivered here. ${site.noWebhooks}`)
  if (/"target"/.test(site.noWebhooks)) {
    console.log('To allow this machine as a target, start Arraydrop with ALLOW_PRIVATE_TARGETS=1.')
  }
}
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await site.close()
    process.exit(0)
  })
}

/** A key with the role manager in the demo project, created by the command line of this clone. */
function newKey() {
  const made = execFileSync(
    process.execPath,
    [
      inProject('bin/arraydrop.mjs'),
      'admin',
      'create-api-key',
      '--project',
      'demo',
      '--role',
      'manager',
      '--json',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  )
  return JSON.parse(made).key
}

async function projectOf(key) {
  const response = await fetch(`${service}/api/v2/projects/`, {
    headers: { Authorization: `Api-Key ${key}` },
  })
  const { results } = await response.json()
  if (!results?.[0]) {
    console.error('The service does not know this key, or the key sees no project.')
    process.exit(1)
  }
  return results[0].id
}

import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, Option } from 'commander'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { VENDORS, type Vendor } from '#lib/genotype/vendors.ts'
import { createApiKey } from '#lib/keys/create-api-key.ts'
import { ensureDemoProject } from '#lib/projects/create-project.ts'
import { isUnderWay } from '#lib/samples/sample.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { nameInstallation } from '../name-installation.ts'
import { apiKeyOption, hostOption, partnerClient } from '../partner-client.ts'
import { print } from '../print.ts'
import { sendExport } from '../send-export.ts'
import { withSystem } from '../with-system.ts'

const ROWS = 640_000
const WAIT_SECONDS_MAX = 120
const POLL_MS = 500
const KEY_MS = 3_600_000

interface DemoOptions {
  host: string
  apiKey?: string
  vendor: Vendor
  json?: boolean
}

/** `arraydrop demo`: the main job without a browser, through the public API only. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('Mint a link, upload a generated export through it, wait, and show the result.')
    .addOption(hostOption())
    .addOption(apiKeyOption())
    .addOption(
      new Option('--vendor <vendor>', 'vendor of the generated export')
        .choices([...VENDORS])
        .default(VENDORS[0]),
    )
    .option('--json', 'print one line of JSON')
    .action(async (options: DemoOptions) => {
      const apiKey = options.apiKey ?? (await makeKey())
      const client = partnerClient({ host: options.host, apiKey })
      const session = await client.post<{ sample_id: string; url: string }>(
        '/api/v2/array-data-upload-form/',
        {
          metadata: { made_by: 'arraydrop demo' },
        },
      )
      // The address the service was reached at may differ from the one in its links.
      const { pathname, search } = new URL(session.url)
      const link = new URL(pathname + search, options.host).href
      await sendExport(link, await makeExport(options.vendor), { progress: !options.json })
      const sample = await waitForEnd(() => client.get<SampleDetails>(`/api/v2/samples/${session.sample_id}`))
      print(
        {
          sample_id: sample.id,
          status: sample.last_status.status,
          note: sample.last_status.note,
          vendor: sample.upload_session?.vendor ?? null,
          last_rejection: sample.upload_session?.last_rejection ?? null,
          files: options.json ? sample.files : sample.files.map(fileLine).join(''),
        },
        options,
      )
      if (sample.last_status.status !== 'succeeded') process.exitCode = 1
    })
}

/** A deliverable for people: type and size. The signed URL, which opens the file to anyone, is for programs only. */
const fileLine = ({ file_type, size }: SampleDetails['files'][number]) =>
  `\n  ${file_type.padEnd(14)} ${size.toLocaleString('en').padStart(12)} bytes`

/** Without a key, the command creates one in this installation that works for an hour. */
function makeKey(): Promise<string> {
  nameInstallation()
  return withSystem(async (services) => {
    const project = await ensureDemoProject(services)
    const expiresAt = new Date((await services.clock.now()).getTime() + KEY_MS)
    const key = await createApiKey(services, {
      name: 'demo',
      role: 'analyst',
      projectId: project.id,
      expiresAt,
    })
    return key.key
  })
}

async function makeExport(vendor: Vendor): Promise<Uint8Array> {
  const { text, innerName } = synthesizeExport({ vendor, rows: ROWS, seed: randomInt(2 ** 31) })
  return packZip([{ name: innerName, bytes: text }])
}

async function waitForEnd(look: () => Promise<SampleDetails>): Promise<SampleDetails> {
  for (let waited = 0; ; waited += POLL_MS) {
    const sample = await look()
    const refused = sample.upload_session?.last_rejection !== null
    if (refused || !isUnderWay(sample.last_status.status)) return sample
    if (waited > WAIT_SECONDS_MAX * 1_000)
      throw new Error(`The sample is still ${sample.last_status.status}.`)
    await wait(POLL_MS)
  }
}

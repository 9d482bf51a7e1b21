import { randomInt } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Command, Option } from 'commander'
import { packZip } from '#lib/genotype/fixtures/pack-zip.ts'
import { synthesizeExport } from '#lib/genotype/fixtures/synthesize-export.ts'
import { VENDORS, type Vendor } from '#lib/genotype/vendors.ts'
import { isUnderWay } from '#lib/samples/sample.ts'
import type { SampleDetails } from '#lib/samples/wire.ts'
import { OUTCOMES, type Outcome, type OutcomeName } from '#lib/sessions/outcomes.ts'
import { EXIT } from '../failure.ts'
import {
  apiKeyOption,
  hostOption,
  type PartnerClient,
  partnerClient,
  profileOption,
  Refused,
} from '../partner-client.ts'
import { type PageRefusal, playOutcome, secondsOfLink } from '../play-outcome.ts'
import { print } from '../print.ts'
import { sayAtInterrupt } from '../say-at-interrupt.ts'
import { sendExport } from '../send-export.ts'

const ROWS = 640_000
const WAIT_SECONDS_MAX = 120
const POLL_MS = 500

interface DemoOptions {
  host: string
  apiKey?: string
  vendor: Vendor
  outcome?: OutcomeName
  json?: boolean
}

/**
 * `arraydrop demo`: the main job without a browser, through the public API only. `makeKey` is for a command without a key
 * beside an installation.
 */
export function demoCommand(makeKey?: () => Promise<string>): Command {
  return new Command('demo')
    .description(
      'Mint a link, upload a generated export through it, wait, and show the result. With --outcome: lead a link to any ' +
        'other end, so that you can try out what your program makes of it.',
    )
    .addOption(hostOption())
    .addOption(apiKeyOption())
    .addOption(profileOption())
    .addOption(
      new Option('--vendor <vendor>', 'vendor of the generated export')
        .choices([...VENDORS])
        .default(VENDORS[0]),
    )
    .addOption(
      new Option('--outcome <outcome>', 'how the link is to turn out, by a test file or without one')
        .choices(Object.keys(OUTCOMES))
        .conflicts('vendor'),
    )
    .option('--json', 'print one line of JSON')
    .addHelpText('after', `\nExamples:\n  arraydrop demo\n  arraydrop demo --outcome cut-off`)
    .action((options: DemoOptions) => demo(options, makeKey))
}

async function demo(options: DemoOptions, makeKey?: () => Promise<string>): Promise<void> {
  const apiKey = options.apiKey ?? (await makeKey?.())
  const client = partnerClient({ host: options.host, apiKey })
  const session = await client.post<{ sample_id: string; url: string }>('/api/v2/array-data-upload-form/', {
    metadata: { made_by: 'arraydrop demo' },
    ...(options.outcome ? secondsOfLink(options.outcome) : {}),
  })
  sayAtInterrupt(
    () => `Interrupted. The link of sample ${session.sample_id} stays as it is until it expires.`,
  )
  // The address the service was reached at may differ from the one in its links.
  const { pathname, search, hash } = new URL(session.url)
  const url = new URL(pathname + search + hash, options.host).href
  const progress = !options.json
  const look = () => client.get<SampleDetails>(`/api/v2/samples/${session.sample_id}`)
  let refusal: PageRefusal | undefined
  if (options.outcome) {
    const form = `/api/v2/array-data-upload-form/${session.sample_id}`
    const cancel = () => client.post(`${form}/cancel`)
    const advance = () => passTime(client, `${form}/advance`)
    const ended = () => waitForEnd(look, { hadEnough: false })
    refusal = await playOutcome(options.outcome, { url, cancel, advance, ended }, { progress })
  } else await sendExport(url, await makeExport(options.vendor), { progress })
  const expected = options.outcome ? OUTCOMES[options.outcome] : undefined
  const sample = await waitForEnd(look, {
    hadEnough: expected?.status === 'consumer awaiting data' && !isSent(options.outcome),
  })
  const { status, note } = sample.last_status
  print(
    {
      sample_id: sample.id,
      status,
      note,
      vendor: sample.upload_session?.vendor ?? null,
      last_rejection: sample.upload_session?.last_rejection ?? null,
      files: options.json ? sample.files : sample.files.map(fileLine).join(''),
      ...(expected && describeOutcome(expected)),
      ...(refusal && { refusal: options.json ? refusal : refusalLine(refusal) }),
    },
    options,
  )
  if (status !== (expected?.status ?? 'succeeded')) process.exitCode = EXIT.refused
}

const describeOutcome = ({ words, event, reason, detail }: Outcome) => ({
  happened: words,
  event,
  reason,
  detail,
})

const refusalLine = ({ status, reason, detail }: PageRefusal) => `${status} ${reason}: ${detail}`

/** Lets time pass for the link; false if its project is not for tests. */
const passTime = (client: PartnerClient, path: string): Promise<boolean> =>
  client.post(path).then(
    () => true,
    (error: unknown) => {
      // A service of an earlier release has no such path.
      if (error instanceof Refused && [404, 409].includes(error.status)) return false
      throw error
    },
  )

/** A deliverable for people: type and size. The signed URL, which opens the file to anyone, is for programs only. */
const fileLine = ({ file_type, size }: SampleDetails['files'][number]) =>
  `\n  ${file_type.padEnd(14)} ${size.toLocaleString('en').padStart(12)} bytes`

async function makeExport(vendor: Vendor): Promise<Uint8Array> {
  const { text, innerName } = synthesizeExport({ vendor, rows: ROWS, seed: randomInt(2 ** 31) })
  return packZip([{ name: innerName, bytes: text }])
}

/** Whether the outcome is one by a file that is sent. */
const isSent = (outcome: OutcomeName | undefined): boolean =>
  outcome !== undefined && OUTCOMES[outcome].event === 'array_data_upload_rejected'

/** Until the sample has ended or its file was refused; at once when nothing more is to come. */
async function waitForEnd(
  look: () => Promise<SampleDetails>,
  { hadEnough }: { hadEnough: boolean },
): Promise<SampleDetails> {
  for (let waited = 0; ; waited += POLL_MS) {
    const sample = await look()
    const refused = sample.upload_session?.last_rejection !== null
    if (hadEnough || refused || !isUnderWay(sample.last_status.status)) return sample
    if (waited > WAIT_SECONDS_MAX * 1_000)
      throw new Error(`The sample is still ${sample.last_status.status}.`)
    await wait(POLL_MS)
  }
}

import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { SingleBar } from 'cli-progress'
import { Command } from 'commander'
import { asDestination, refuseDestination } from '#lib/fastq/map/destination.ts'
import { readPresignedUrl, warnPresigned } from '#lib/fastq/presigned-url.ts'
import { parseExactly } from '#lib/wire/exact-json.ts'
import { EXIT, Failure, misused } from '../failure.ts'
import {
  type ApiOptions,
  originOf,
  type PartnerClient,
  partnerClient,
  Refused,
  withApiOptions,
} from '../partner-client.ts'
import { print } from '../print.ts'
import { progressInLines } from '../progress-in-lines.ts'
import { faultyMap, type MapFile, readMapFile } from '../read-map-file.ts'
import { sayAtInterrupt } from '../say-at-interrupt.ts'
import type { SaidOfRow } from '../send-uploads.ts'
import { type Uploaded, uploadMap } from '../upload-map.ts'

/** How long a request is retried, as in Gencove's command line. */
const PATIENCE_MS = 600_000
/** What a project expects by default. */
const EXPECTED_WAIT_HOURS = 24
const WARNINGS_SHOWN_MAX = 20
const UUID = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

interface UploadOptions extends ApiOptions {
  runProjectId?: string
  metadata?: string
  output?: string
  dryRun?: boolean
  progress: boolean
  resume: boolean
}

/** `arraydrop upload`: FASTQ files by URL, as Gencove's command of that name takes them. */
export function uploadCommand(): Command {
  return withApiOptions(new Command('upload'))
    .description(
      'Upload FASTQ files by URL: a map file names them, and the service fetches them. Everything wrong with ' +
        'the map is listed at once, before anything is sent. After an interruption, a new run resumes where it stopped.',
    )
    .argument('<map>', 'a file named *.fastq-map.csv with the columns client_id,r_notation,path')
    .argument('[destination]', 'destination of the uploads, such as gncv://july/')
    .option(
      '--run-project-id <id>',
      'assign the uploads to new samples of this project, which starts their analysis',
    )
    .option('--metadata <json>', 'any JSON, stored with every sample')
    .option('--output <file>', 'write the samples as JSON to this file; - is standard output')
    .option('--dry-run', 'only check the map, send nothing')
    .option('--resume', 'resume an interrupted upload of the same map', true)
    .option('--no-resume', 'start over instead')
    .option('--no-progress', 'no progress bar')
    .addHelpText('after', HELP)
    .action(upload)
}

const HELP = `
A map, one line for each file:
  client_id,r_notation,path
  s1,R1,https://my-bucket.s3.amazonaws.com/s1_R1.fastq.gz?X-Amz-…
  s1,R2,https://my-bucket.s3.amazonaws.com/s1_R2.fastq.gz?X-Amz-…

How URLs are presigned. They are fetched when the analysis runs, so let them last for days:
  AWS     aws s3 presign s3://my-bucket/s1_R1.fastq.gz --expires-in 604800
  Google  gcloud storage sign-url gs://my-bucket/s1_R1.fastq.gz --duration=7d --private-key-file=key.json
  Azure   az storage blob generate-sas --account-name me --container-name my-bucket --name s1_R1.fastq.gz \\
            --permissions r --expiry 2030-01-31T00:00Z --https-only --full-uri --output tsv

Examples:
  arraydrop upload urls.fastq-map.csv --dry-run
  arraydrop upload urls.fastq-map.csv gncv://july/ --run-project-id 33333333-3333-4333-8333-333333333333 \\
    --metadata '{"batch":"july"}' --output samples.json`

async function upload(file: string, given: string | undefined, options: UploadOptions): Promise<void> {
  const { destination, metadata } = refuseOptions(given, options)
  const map = await readMapFile(file)
  const samples = map.rows.filter(({ rNotation }) => rNotation === 'R1').length
  if (options.dryRun) {
    warn(warningsOf(map))
    const facts = { files: map.rows.length, samples, dry_run: true }
    return print(destination === undefined ? facts : { destination, ...facts }, options)
  }
  const uploaded = await send(file, { map, destination, metadata, options })
  warn(uploaded.warnings)
  if (uploaded.refused.length > 0) {
    const what = `refused by the service; ${uploaded.uploads.length} of ${map.rows.length} files are uploaded`
    throw faultyMap(file, uploaded.refused, what)
  }
  await writeSamples(uploaded, options)
  const { uploads } = uploaded
  if (options.json)
    print({ destination: uploaded.destination, uploads, samples: uploaded.samples ?? null }, options)
  else if (options.output !== '-') {
    const made = uploaded.samples === undefined ? {} : { samples: uploaded.samples.length }
    print({ destination: uploaded.destination, files: uploads.length, ...made }, options)
  }
  await uploaded.forget()
}

/** Warnings of the service about what does not prevent an upload, but may prevent its analysis. */
const warningsOf = ({ rows }: MapFile): SaidOfRow[] =>
  rows.flatMap(({ line, url }) =>
    warnPresigned(readPresignedUrl(url), { now: new Date(), expectedWaitHours: EXPECTED_WAIT_HOURS }).map(
      (message) => ({ line, message }),
    ),
  )

function warn(warnings: SaidOfRow[]): void {
  const sorted = warnings.toSorted((one, other) => one.line - other.line)
  for (const { line, message } of sorted.slice(0, WARNINGS_SHOWN_MAX)) {
    process.stderr.write(`Warning: line ${line}: ${message}\n`)
  }
  const left = warnings.length - WARNINGS_SHOWN_MAX
  if (left > 0) process.stderr.write(`… and ${left} more warnings\n`)
}

interface Sent {
  map: MapFile
  destination: string | undefined
  metadata: unknown
  options: UploadOptions
}

async function send(file: string, { map, destination, metadata, options }: Sent): Promise<Uploaded> {
  // Whether the service can be reached and accepts the key is checked first, without retries.
  const first = partnerClient(options)
  await first.post('/api/v2/upload-credentials/')
  if (options.runProjectId !== undefined) await demandProject(first, options.runProjectId)
  const shown = options.progress && !options.json && process.stderr.isTTY
  const bar = new SingleBar({ format: 'Uploading  {bar} {value} of {total} files', stream: process.stderr })
  let started = false
  const tell = progressInLines((done) => `${done} of ${map.rows.length} files are uploaded.`)
  const quiet = !options.progress || options.json || process.stderr.isTTY
  const stop = () => {
    if (started) bar.stop()
    started = false
  }
  const silent = sayAtInterrupt(() => {
    stop()
    return 'Interrupted. The same command resumes where it stopped.'
  })
  try {
    return await uploadMap(partnerClient(options, { patience: PATIENCE_MS }), {
      file,
      map,
      host: originOf(options.host).origin,
      destination,
      resume: options.resume,
      project: options.runProjectId,
      metadata,
      say(message) {
        stop()
        process.stderr.write(`${message}\n`)
      },
      onProgress(done) {
        if (!quiet) tell(done)
        if (!shown) return
        if (!started) bar.start(map.rows.length, done)
        started = true
        bar.update(done)
        if (done === map.rows.length) stop()
      },
    })
  } finally {
    silent()
    stop()
  }
}

async function demandProject(client: PartnerClient, id: string): Promise<void> {
  await client.get(`/api/v2/projects/${id}`).catch((error: unknown) => {
    if (!(error instanceof Refused) || error.status !== 404) throw error
    const words = 'Project does not exist or you do not have privileges to access it.'
    throw new Failure(EXIT.refused, words, { cause: error })
  })
}

function refuseOptions(given: string | undefined, { runProjectId, metadata, output, json }: UploadOptions) {
  if (output !== undefined && runProjectId === undefined) {
    throw misused('--output cannot be used without --run-project-id')
  }
  if (metadata !== undefined && runProjectId === undefined) {
    throw misused('--metadata cannot be used without --run-project-id')
  }
  if (output === '-' && json)
    throw misused('--output - and --json both want standard output: give one of them')
  if (runProjectId !== undefined && !UUID.test(runProjectId)) {
    throw misused('--run-project-id is not valid. Exiting.')
  }
  const refusal = given === undefined ? undefined : refuseDestination(given)
  if (refusal !== undefined) throw misused(`Bad configuration. Exiting. ${refusal}`)
  return {
    destination: given === undefined ? undefined : asDestination(given),
    metadata: metadata === undefined ? null : parseMetadata(metadata),
  }
}

function parseMetadata(text: string): unknown {
  try {
    return parseExactly(text)
  } catch {
    throw misused('--metadata is not valid JSON. Exiting.')
  }
}

/** In the form of Gencove's command line, so that scripts can read either. */
async function writeSamples({ samples }: Uploaded, { output }: UploadOptions): Promise<void> {
  if (output === undefined || samples === undefined) return
  const text = `${JSON.stringify(samples, null, 4)}\n`
  if (output === '-') return void process.stdout.write(text)
  try {
    await mkdir(path.dirname(path.resolve(output)), { recursive: true })
    await writeFile(output, text)
  } catch (error) {
    // The journal stays, so the same command writes them again without sending anything twice.
    throw new Failure(
      EXIT.refused,
      `Cannot write ${output}. Start the command again once it can be written.`,
      {
        cause: error,
      },
    )
  }
  process.stderr.write(`Assigned samples response outputted to ${output}\n`)
}

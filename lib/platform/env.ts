import path from 'node:path'
import { z } from 'zod'
import { DATABASE_MEGABYTES_MAX, DATABASE_MEGABYTES_MIN } from './embedded-postgres/memory-settings.ts'
import { executableFile, referenceFasta } from './file-variables.ts'
import { isThisMachine } from './outbound/is-this-machine.ts'
import { StartRefusal } from './start-refusal.ts'
import { parseS3Location, type S3Location } from './storage/blobs/s3-location.ts'
import {
  isCollectorUrl,
  parseResourceAttributes,
  type TelemetrySettings,
} from './telemetry/telemetry-settings.ts'

/** Settings of one installation, read from the environment once. */
export interface Env {
  port: number
  host: string
  /** Origin that links are made of, without a trailing slash. */
  publicUrl: string
  /** PUBLIC_URL is localhost, *.localhost or a loopback address: development, and the only place where http redirects and the test clock are allowed. */
  loopback: boolean
  /** PUBLIC_URL is http elsewhere: what people send and see can be read on its way. */
  plainHttp: boolean
  dataDir: string
  databaseUrl: string | undefined
  /** Where files are kept; undefined: on disk under `dataDir`. */
  s3: S3Location | undefined
  /** Files are encrypted by us before they are stored. */
  encryptAtRest: boolean
  appSecret: string | undefined
  worker: 'inline' | 'off'
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  trustProxy: boolean
  /** Browsers that came here by https may use nothing else for all subdomains, too. */
  hstsSubdomains: boolean
  testClock: boolean
  /** Whether strangers' URLs may lead to loopback and private addresses, over http and to any port: for development and tests. */
  allowPrivateTargets: boolean
  /** Additional hosts to fetch FASTQ files from: names in lower case, or `*.` and a name for all its subdomains. */
  fastqHosts: string[]
  /** Whether `/doctor` is there. */
  doctor: boolean
  pgBinDir: string | undefined
  /** Memory that the embedded database plans for; undefined: a share of the machine's. */
  databaseMegabytes: number | undefined
  /** FASTA file of the reference sequence, its index beside it; undefined: no VCF is made. */
  referenceFasta: string | undefined
  /** The operator's own analysis of every sample, and its time limit. */
  analysisCommand: { file: string; seconds: number } | undefined
  /** Imputation: off while there is no panel. */
  imputation: ImputationSettings
  /** PATH, for the operator's programs. */
  searchPath: string
  /** Where metrics and traces go. */
  telemetry: TelemetrySettings
}

export const IMPUTATION_ENGINES = ['beagle', 'minimac4'] as const
export type ImputationEngineName = (typeof IMPUTATION_ENGINES)[number]

/** Which panels and programs impute, and what they may use. */
export interface ImputationSettings {
  /** Folders of panel packages. */
  panels: string[]
  engine: ImputationEngineName
  /** The program `java`, by path or on PATH. */
  java: string
  beagleJar: string
  /** The programs of the other engine, by path or on PATH. */
  eagle: string
  minimac4: string
  /** Heap of one process of Beagle. */
  memoryMegabytes: number
  /** Processes of the engine at once. */
  processes: number
  /** Samples that one process of the engine may impute together. */
  batch: number
}

/** Shorter secrets can be guessed. */
export const APP_SECRET_CHARACTERS_MIN = 32
/** Twelve hours, which is less than the queue allows a run in total. */
const COMMAND_SECONDS_MAX = 43_200
const COMMAND_SECONDS = 3_600
/** At least two labels, so that no list allows a whole top-level domain. */
const HOST_PATTERN =
  /^(?:\*\.)?(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** Where Debian's package puts it. */
const BEAGLE_JAR = '/usr/share/beagle/beagle.jar'
/** What Debian's package calls it: `eagle` is another program there. */
const EAGLE = 'bio-eagle'
const IMPUTATION_MEGABYTES = 1_024
const IMPUTATION_MEGABYTES_MIN = 64
const IMPUTATION_MEGABYTES_MAX = 1_048_576
const IMPUTATION_PROCESSES_MAX = 64
const IMPUTATION_BATCH_MAX = 50
/** Others are read as verify-full by the driver. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/** The environment has invalid values; the message lists all of them and quotes no secret. */
export class BadEnvironment extends StartRefusal {
  override name = 'BadEnvironment'
  constructor(faults: string[]) {
    super(`The environment cannot be used:\n${faults.map((fault) => `  ${fault}`).join('\n')}`)
  }
}

/** The allowed values of one variable, as a description and as a check. `quote`: errors may show the value. */
const variable = <T>(allowed: string, schema: z.ZodType<T, string>, { quote = false } = {}) => ({
  allowed,
  schema: schema.optional(),
  quote,
})

const SWITCH = z
  .enum(['1', 'true', '0', 'false'], 'is neither on nor off')
  .transform((value) => value === '1' || value === 'true')

const PORT = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a whole number')
  .transform(Number)
  .refine((port) => port >= 1 && port <= 65_535, 'is out of range')

const HOST = z.string().regex(/^[0-9A-Za-z.:-]{1,253}$/, 'is not an address or a host name')

function programName() {
  return z
    .string()
    .refine((name) => path.isAbsolute(name) || !name.includes('/'), 'is neither a path nor a name')
}

function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'is not a whole number')
    .transform(Number)
    .refine((number) => number >= least && number <= most, 'is out of range')
}

const VARIABLES = {
  PORT: variable('a whole number from 1 to 65535 (default 3000)', PORT, { quote: true }),
  HOST: variable('an address or host name to listen on, such as 127.0.0.1 (default) or 0.0.0.0', HOST, {
    quote: true,
  }),
  PUBLIC_URL: variable(
    'the origin people reach, such as https://upload.example.org, without path, query or user; the service needs a host name of its own',
    z
      .string()
      .refine(isOrigin, 'is not an http or https origin')
      .transform((url) => new URL(url).origin),
  ),
  DATA_DIR: variable(
    'a directory of its own (default ./data, as root /var/lib/arraydrop)',
    z.string().refine((directory) => !directory.includes('\0'), 'is not a path'),
  ),
  DATABASE_URL: variable(
    // In one piece, the log would hide it as a secret.
    `postgres://host:5432/database, with user:password@ before the host; sslmode ${SSL_MODES.join(', ')} (unset: PostgreSQL under DATA_DIR)`,
    z
      .string()
      .refine((url) => hasProtocol(url, ['postgres:', 'postgresql:']), {
        error: 'is not a PostgreSQL URL',
        abort: true,
      })
      .refine(hasKnownSslMode, 'has an unknown sslmode'),
  ),
  STORAGE_URL: variable(
    's3://bucket/prefix?endpoint=…&region=…&sse=AES256|aws:kms&sse_kms_key_id=…, credentials by the SDK’s own chain (unset: on disk under DATA_DIR)',
    z.string().transform((url, { addIssue }) => {
      const location = parseS3Location(url)
      if (!location) addIssue('is not s3://bucket/prefix?endpoint=…&region=…')
      return location
    }),
  ),
  ENCRYPT_AT_REST: variable('1 or 0 (default): whether files are encrypted before they are stored', SWITCH, {
    quote: true,
  }),
  APP_SECRET: variable(
    `one or more secrets of ${APP_SECRET_CHARACTERS_MIN} characters or more, separated by commas; the first one signs`,
    z
      .string()
      .refine(areSecrets, `holds a secret that is shorter than ${APP_SECRET_CHARACTERS_MIN} characters`),
  ),
  WORKER: variable('inline (default) or off', z.enum(['inline', 'off'], 'is unknown'), { quote: true }),
  LOG_LEVEL: variable(LOG_LEVELS.join(', '), z.enum(LOG_LEVELS, 'is unknown'), { quote: true }),
  TRUST_PROXY: variable('1 behind a proxy of your own, else 0 (default)', SWITCH, { quote: true }),
  HSTS_INCLUDE_SUBDOMAINS: variable(
    '1 or 0 (default): whether every subdomain of the host in PUBLIC_URL has https only, too',
    SWITCH,
    { quote: true },
  ),
  ARRAYDROP_TEST_CLOCK: variable('1 or 0 (default), for tests on this machine alone', SWITCH, {
    quote: true,
  }),
  ALLOW_PRIVATE_TARGETS: variable(
    '1 or 0 (default): whether webhooks and FASTQ URLs may reach private addresses',
    SWITCH,
    { quote: true },
  ),
  FASTQ_HOSTS: variable(
    'host names separated by commas, such as data.clinic.example or *.clinic.example: where FASTQ URLs may lead besides S3, CloudFront, Google Cloud Storage and Azure',
    z
      .string()
      .transform((list) => list.split(',').map((host) => host.trim().toLowerCase()))
      .refine((hosts) => hosts.every((host) => HOST_PATTERN.test(host)), 'holds what is no host name'),
    { quote: true },
  ),
  PG_BIN_DIR: variable(
    'the absolute path of the directory that holds initdb and postgres',
    z.string().refine(path.isAbsolute, 'is not an absolute path'),
  ),
  DOCTOR: variable('1 (default) or 0: whether /doctor is there', SWITCH, { quote: true }),
  DATABASE_MEMORY_MB: variable(
    `a whole number of megabytes from ${DATABASE_MEGABYTES_MIN} (default an eighth of the machine's memory)`,
    wholeNumber(DATABASE_MEGABYTES_MIN, DATABASE_MEGABYTES_MAX),
    { quote: true },
  ),
  REFERENCE_FASTA: variable(
    'the absolute path of an uncompressed FASTA file with its index beside it (samtools faidx); unset: no VCF',
    referenceFasta,
  ),
  ANALYSIS_COMMAND: variable(
    'the absolute path of a program (docs/analysis-command.md); unset: our own analysis alone',
    executableFile,
  ),
  ANALYSIS_COMMAND_SECONDS: variable(
    `a whole number from 1 to ${COMMAND_SECONDS_MAX} (default ${COMMAND_SECONDS})`,
    z
      .string()
      .regex(/^\d{1,5}$/, 'is not a whole number')
      .transform(Number)
      .refine((seconds) => seconds >= 1 && seconds <= COMMAND_SECONDS_MAX, 'is out of range'),
    { quote: true },
  ),
  IMPUTATION_PANEL: variable(
    'absolute paths of panel packages, separated by commas (docs/imputation.md); unset: nothing is imputed',
    z
      .string()
      .transform((list) => list.split(',').map((folder) => folder.trim()))
      .refine(
        (folders) => folders.every((folder) => path.isAbsolute(folder)),
        'holds what is not an absolute path',
      ),
  ),
  BEAGLE_JAR: variable(
    `the absolute path of beagle.jar (default ${BEAGLE_JAR})`,
    z.string().refine(path.isAbsolute, 'is not an absolute path'),
  ),
  IMPUTATION_ENGINE: variable(
    'beagle (default) or minimac4, which needs Eagle besides',
    z.enum(IMPUTATION_ENGINES, 'is unknown'),
    { quote: true },
  ),
  JAVA: variable('the program java, by absolute path or by name on PATH (default java)', programName()),
  EAGLE: variable(
    `the program eagle, by absolute path or by name on PATH (default ${EAGLE}, as Debian calls it)`,
    programName(),
  ),
  MINIMAC4: variable(
    'the program minimac4, by absolute path or by name on PATH (default minimac4)',
    programName(),
  ),
  IMPUTATION_MEMORY_MB: variable(
    `a whole number of megabytes from ${IMPUTATION_MEGABYTES_MIN} (default ${IMPUTATION_MEGABYTES})`,
    wholeNumber(IMPUTATION_MEGABYTES_MIN, IMPUTATION_MEGABYTES_MAX),
    { quote: true },
  ),
  IMPUTATION_PROCESSES: variable(
    `a whole number from 1 to ${IMPUTATION_PROCESSES_MAX} (default 1)`,
    wholeNumber(1, IMPUTATION_PROCESSES_MAX),
    { quote: true },
  ),
  IMPUTATION_BATCH: variable(
    `a whole number from 1 to ${IMPUTATION_BATCH_MAX} (default 1)`,
    wholeNumber(1, IMPUTATION_BATCH_MAX),
    { quote: true },
  ),
  OTEL_METRICS_EXPORTER: variable(
    'none (default) or prometheus',
    z.enum(['none', 'prometheus'], 'is unknown'),
    {
      quote: true,
    },
  ),
  OTEL_EXPORTER_PROMETHEUS_HOST: variable('an address to offer metrics on (default 127.0.0.1)', HOST, {
    quote: true,
  }),
  OTEL_EXPORTER_PROMETHEUS_PORT: variable('a whole number from 1 to 65535 (default 9464)', PORT, {
    quote: true,
  }),
  OTEL_TRACES_EXPORTER: variable('none (default) or otlp', z.enum(['none', 'otlp'], 'is unknown'), {
    quote: true,
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: variable(
    'the http or https URL of an OTLP collector, without user and query (default http://localhost:4318)',
    z.string().refine(isCollectorUrl, 'is not the URL of a collector'),
  ),
  OTEL_SERVICE_NAME: variable(
    'what the service is called in monitoring, at most 255 characters (default arraydrop)',
    z.string().max(255, 'is too long'),
  ),
  OTEL_RESOURCE_ATTRIBUTES: variable(
    'key=value pairs separated by commas, values percent-encoded, such as deployment.environment.name=staging',
    z.string().transform((list, { addIssue }) => {
      const resource = parseResourceAttributes(list)
      if (!resource) addIssue('is not a list of key=value')
      return resource
    }),
  ),
}

type Name = keyof typeof VARIABLES
type Settings = { [N in Name]: z.output<(typeof VARIABLES)[N]['schema']> }

/** Settings of this process. Called at boot, never at import: a build must not depend on them. */
export const env = (): Env => readEnv(process.env)

/** The proxy for outgoing requests of the command line, which this machine itself is never reached through. */
export function proxyVariables(): NodeJS.ProcessEnv {
  const of = (name: string) => process.env[name.toLowerCase()] ?? process.env[name]
  return {
    http_proxy: of('HTTP_PROXY'),
    https_proxy: of('HTTPS_PROXY'),
    no_proxy: [of('NO_PROXY'), 'localhost', '127.0.0.1', '[::1]'].filter(Boolean).join(','),
    NODE_ENV: process.env.NODE_ENV,
  }
}

/** Set by `bin/arraydrop.mjs`: where a running service of this clone has its data, when no one said which data a command means. */
export const dataElsewhere = (): string | undefined => process.env.ARRAYDROP_DATA_ELSEWHERE || undefined

/**
 * Settings from environment variables; an empty one counts as unset. Throws `BadEnvironment` with everything that is
 * wrong at once, so that five mistakes do not take five starts to find.
 */
export function readEnv(source: Record<string, string | undefined>, asRoot = process.getuid?.() === 0): Env {
  const faults: string[] = []
  const settings = parse(source, faults)
  const port = settings.PORT ?? 3_000
  const publicUrl = settings.PUBLIC_URL ?? `http://localhost:${port}`
  const loopback = isThisMachine(new URL(publicUrl).hostname)
  if (settings.ARRAYDROP_TEST_CLOCK && !loopback) {
    faults.push(
      'ARRAYDROP_TEST_CLOCK is on. Allowed: only while PUBLIC_URL is localhost or a loopback address',
    )
  }
  if ((settings.IMPUTATION_BATCH ?? 1) > 1 && settings.IMPUTATION_ENGINE !== 'minimac4') {
    faults.push(
      'IMPUTATION_BATCH is more than 1. Allowed: only with IMPUTATION_ENGINE=minimac4, since Beagle’s results would depend on who shares a run',
    )
  }
  if (faults.length > 0) throw new BadEnvironment(faults)
  return {
    port,
    host: settings.HOST ?? '127.0.0.1',
    publicUrl,
    loopback,
    plainHttp: !loopback && publicUrl.startsWith('http:'),
    dataDir: path.resolve(settings.DATA_DIR ?? (asRoot ? '/var/lib/arraydrop' : 'data')),
    databaseUrl: settings.DATABASE_URL,
    s3: settings.STORAGE_URL,
    encryptAtRest: settings.ENCRYPT_AT_REST ?? false,
    appSecret: settings.APP_SECRET,
    worker: settings.WORKER ?? 'inline',
    logLevel: settings.LOG_LEVEL ?? 'info',
    trustProxy: settings.TRUST_PROXY ?? false,
    hstsSubdomains: settings.HSTS_INCLUDE_SUBDOMAINS ?? false,
    testClock: settings.ARRAYDROP_TEST_CLOCK ?? false,
    allowPrivateTargets: settings.ALLOW_PRIVATE_TARGETS ?? false,
    fastqHosts: settings.FASTQ_HOSTS ?? [],
    doctor: settings.DOCTOR ?? true,
    pgBinDir: settings.PG_BIN_DIR,
    databaseMegabytes: settings.DATABASE_MEMORY_MB,
    referenceFasta: settings.REFERENCE_FASTA,
    analysisCommand: settings.ANALYSIS_COMMAND
      ? { file: settings.ANALYSIS_COMMAND, seconds: settings.ANALYSIS_COMMAND_SECONDS ?? COMMAND_SECONDS }
      : undefined,
    imputation: {
      panels: settings.IMPUTATION_PANEL ?? [],
      engine: settings.IMPUTATION_ENGINE ?? 'beagle',
      java: settings.JAVA ?? 'java',
      beagleJar: settings.BEAGLE_JAR ?? BEAGLE_JAR,
      eagle: settings.EAGLE ?? EAGLE,
      minimac4: settings.MINIMAC4 ?? 'minimac4',
      memoryMegabytes: settings.IMPUTATION_MEMORY_MB ?? IMPUTATION_MEGABYTES,
      processes: settings.IMPUTATION_PROCESSES ?? 1,
      batch: settings.IMPUTATION_BATCH ?? 1,
    },
    searchPath: source.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    telemetry: telemetryOf(settings),
  }
}

function telemetryOf(settings: Partial<Settings>): TelemetrySettings {
  const host = settings.OTEL_EXPORTER_PROMETHEUS_HOST ?? '127.0.0.1'
  const port = settings.OTEL_EXPORTER_PROMETHEUS_PORT ?? 9_464
  const endpoint = (settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? 'http://localhost:4318').replace(/\/+$/, '')
  const resource = settings.OTEL_RESOURCE_ATTRIBUTES ?? {}
  return {
    metrics: settings.OTEL_METRICS_EXPORTER === 'prometheus' ? { host, port } : undefined,
    traces: settings.OTEL_TRACES_EXPORTER === 'otlp' ? { endpoint } : undefined,
    serviceName: settings.OTEL_SERVICE_NAME ?? resource['service.name'] ?? 'arraydrop',
    resource,
  }
}

function parse(source: Record<string, string | undefined>, faults: string[]): Partial<Settings> {
  const settings: Record<string, unknown> = {}
  for (const [name, { schema, allowed, quote }] of Object.entries(VARIABLES)) {
    const value = source[name] || undefined
    const parsed = schema.safeParse(value)
    if (parsed.success) settings[name] = parsed.data
    else {
      const shown = quote ? ` (${JSON.stringify(value?.slice(0, 40))})` : ''
      faults.push(`${name}${shown} ${parsed.error.issues[0]?.message}. Allowed: ${allowed}`)
    }
  }
  return settings as Partial<Settings>
}

function hasProtocol(url: string, protocols: string[]): boolean {
  return URL.canParse(url) && protocols.includes(new URL(url).protocol)
}

function hasKnownSslMode(url: string): boolean {
  return new URL(url).searchParams.getAll('sslmode').every((mode) => SSL_MODES.includes(mode))
}

function isOrigin(text: string): boolean {
  if (!hasProtocol(text, ['http:', 'https:'])) return false
  const url = new URL(text)
  return url.href === `${url.origin}/` && !/[?#]/.test(text)
}

function areSecrets(list: string): boolean {
  return splitSecrets(list).every((secret) => secret.length >= APP_SECRET_CHARACTERS_MIN)
}

/** The secrets of a comma-separated list; the first one signs. */
export const splitSecrets = (list: string): string[] => list.split(',').map((secret) => secret.trim())

type OfSystemd = 'NOTIFY_SOCKET' | 'WATCHDOG_USEC' | 'JOURNAL_STREAM' | 'PATH'

/**
 * What systemd hands to a unit with `Type=notify` and `WatchdogSec=`, and to one whose output goes to the journal; and the
 * PATH on which its program is found.
 */
export function systemdEnv(): Partial<Record<OfSystemd, string | undefined>> {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, JOURNAL_STREAM, PATH } = process.env
  return { NOTIFY_SOCKET, WATCHDOG_USEC, JOURNAL_STREAM, PATH }
}

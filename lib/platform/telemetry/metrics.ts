/**
 * Every metric, with its unit and the labels it may carry. Labels are words from closed lists:
 * states, reasons, names of routes and jobs. Nothing from a person, a partner or a file is a label.
 */

/** Buckets in seconds for what people wait for. */
const WAITING = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** Buckets in seconds for background work. */
const WORKING = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600, 14_400]
const MEBIBYTE = 1_048_576
const FILE_SIZES = [1, 2, 4, 6, 8, 10, 15, 20, 25].map((size) => size * MEBIBYTE)

/** What happened, counted since the start of the process. */
export const COUNTERS = {
  'arraydrop.session.events': {
    description: 'Upload sessions minted, opened, received, rejected, left, expired, canceled.',
    labels: ['event', 'reason'],
  },
  'arraydrop.storage.errors': {
    description: 'Reads and writes of stored files that failed.',
    labels: ['operation'],
  },
} as const

/** What took time or had a size, counted into buckets. */
export const HISTOGRAMS = {
  'http.server.request.duration': {
    description: 'From the first line of a request to the end of its answer.',
    unit: 's',
    buckets: WAITING,
    labels: ['http.request.method', 'http.route', 'status_class'],
  },
  'arraydrop.upload.size': {
    description: 'Sizes of files whose last byte is in.',
    unit: 'By',
    buckets: FILE_SIZES,
    labels: [],
  },
  'arraydrop.upload.duration': {
    description: 'From the announcement of a file to its last byte.',
    unit: 's',
    buckets: WORKING,
    labels: [],
  },
  'arraydrop.file.check.duration': {
    description: 'Checks of received files, by what came of them, those of test projects apart.',
    unit: 's',
    buckets: WORKING,
    labels: ['verdict', 'reason', 'vendor', 'test'],
  },
  'arraydrop.job.duration': {
    description: 'Attempts at jobs, by what came of them.',
    unit: 's',
    buckets: WORKING,
    labels: ['queue', 'outcome'],
  },
  'arraydrop.run.duration': {
    description: 'Attempts at analyses, by what came of them.',
    unit: 's',
    buckets: WORKING,
    labels: ['kind', 'outcome'],
  },
  'arraydrop.webhook.delivery.duration': {
    description: 'Attempts at webhook deliveries, by what came of them.',
    unit: 's',
    buckets: WAITING,
    labels: ['outcome', 'status_class'],
  },
} as const

/** Values at the moment of a scrape. `grows`: a total that only goes up. */
export const GAUGES = {
  'arraydrop.sessions': { description: 'Sessions that can still be used.', labels: ['state'] },
  'arraydrop.queue.jobs': { description: 'Jobs that wait or run.', labels: ['queue', 'state'] },
  'arraydrop.queue.oldest.age': {
    description: 'How long the oldest job that waits has been due.',
    unit: 's',
    labels: ['queue'],
  },
  'arraydrop.sweep.failing.age': {
    description: 'How long a step of the sweep has been failing; none while all of them work.',
    unit: 's',
    labels: ['step'],
  },
  'arraydrop.sweep.running.age': {
    description:
      'How long a step of the sweep has been under way in this process; none while it does not sweep.',
    unit: 's',
    labels: ['step'],
  },
  'arraydrop.disk.free': { description: 'Free space of the disk below DATA_DIR.', unit: 'By', labels: [] },
  'arraydrop.disk.size': { description: 'Size of the disk below DATA_DIR.', unit: 'By', labels: [] },
  'arraydrop.webhook.backlog': { description: 'Deliveries not made yet.', labels: [] },
  'arraydrop.webhook.oldest.age': {
    description: 'How long the oldest delivery not made yet has been queued.',
    unit: 's',
    labels: [],
  },
  'db.client.connection.count': { description: 'Connections of the pool.', labels: ['state'] },
  'db.client.connection.pending_requests': { description: 'Who waits for a connection.', labels: [] },
  'process.memory.usage': { description: 'Memory of the process.', unit: 'By', labels: ['type'] },
  'process.cpu.time': { description: 'CPU of the process.', unit: 's', labels: ['mode'], grows: true },
  'arraydrop.process.role': {
    description: 'What this process does: a web server answers people, a worker works on jobs.',
    labels: ['role'],
  },
  'process.uptime': { description: 'Age of the process.', unit: 's', labels: [] },
  'nodejs.eventloop.delay.p99': {
    description: 'Delay of the event loop since it was last asked for: 99 of 100 turns were faster.',
    unit: 's',
    labels: [],
  },
  'nodejs.eventloop.delay.max': {
    description: 'The longest delay of the event loop since it was last asked for.',
    unit: 's',
    labels: [],
  },
} as const

export interface MetricDefinition {
  description: string
  unit?: string
  buckets?: readonly number[]
  labels: readonly string[]
  grows?: boolean
}

/** A document of the project that is also a page of `/docs`. */
export interface Guide {
  /** From the project's folder. */
  file: string
  path: string
  title: string
}

/** In the order of the contents; those below `/docs/operators` are for people who run the service. The image contains the files. */
export const GUIDES: readonly Guide[] = [
  { file: 'docs/start.md', path: '/docs/ten-minutes', title: 'Start in ten minutes' },
  { file: 'docs/integration.md', path: '/docs/upload-links', title: 'Upload links' },
  { file: 'docs/embedding.md', path: '/docs/embedding', title: 'Embedding' },
  { file: 'docs/doctor.md', path: '/docs/doctor', title: 'Doctor' },
  { file: 'docs/fastq.md', path: '/docs/fastq', title: 'FASTQ by URL' },
  { file: 'docs/quality-control.md', path: '/docs/quality-control', title: 'Quality control' },
  { file: 'docs/command-line.md', path: '/docs/command-line', title: 'The command line' },
  { file: 'docs/clients.md', path: '/docs/clients', title: 'Clients' },
  { file: 'docs/browsers.md', path: '/docs/browsers', title: 'Browsers' },
  { file: 'CHANGELOG.md', path: '/docs/changes', title: 'Changes' },
  { file: 'docs/going-live.md', path: '/docs/operators/going-live', title: 'Going live' },
  { file: 'docs/virtual-machine.md', path: '/docs/operators/one-machine', title: 'On one machine' },
  { file: 'docs/configuration.md', path: '/docs/operators/configuration', title: 'Configuration' },
  { file: 'docs/operations.md', path: '/docs/operators/operations', title: 'Operations' },
  { file: 'docs/alerts.md', path: '/docs/operators/alerts', title: 'Alerts' },
  { file: 'docs/imputation.md', path: '/docs/operators/imputation', title: 'Imputation' },
]

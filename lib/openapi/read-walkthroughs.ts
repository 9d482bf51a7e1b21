import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Language } from './write-example.ts'

/** A task in three languages, from the files of `docs/api-examples`. */
export interface Walkthrough {
  name: string
  title: string
  words: string
  programs: Record<Language, string>
}

const EXTENSIONS = { curl: 'sh', python: 'py', typescript: 'ts' } as const satisfies Record<Language, string>

const TASKS = [
  {
    name: 'mint-link',
    title: 'Mint a link',
    words: 'Your backend does this for each person, then sends them to the URL it prints.',
  },
  {
    name: 'wait-for-sample',
    title: 'Wait for the outcome',
    words: 'Poll occasionally, or use a webhook. SAMPLE_ID is the id returned when the link was minted.',
  },
  {
    name: 'download-files',
    title: 'Fetch the deliverables',
    words: 'Each file has its own URL, which works for an hour, and a SHA-256 digest.',
  },
  {
    name: 'verify-webhook',
    title: 'By Gencove’s signature',
    words: 'The key is the text of the secret.',
  },
  {
    name: 'verify-standard-webhook',
    title: 'By Standard Webhooks',
    words: 'The key is what the secret is the base64 of; libraries of Standard Webhooks do the same.',
  },
] as const

/** Throws when a file is missing. */
export function readWalkthroughs(): Promise<Walkthrough[]> {
  return Promise.all(
    TASKS.map(async (task) => ({
      ...task,
      programs: {
        curl: await readProgram(task.name, 'curl'),
        python: await readProgram(task.name, 'python'),
        typescript: await readProgram(task.name, 'typescript'),
      },
    })),
  )
}

/** The server runs in the project's folder; the files are not part of any bundle. */
const readProgram = (task: string, language: Language): Promise<string> =>
  readFile(
    path.join(
      /* turbopackIgnore: true */ process.cwd(),
      'docs',
      'api-examples',
      `${task}.${EXTENSIONS[language]}`,
    ),
    'utf8',
  )

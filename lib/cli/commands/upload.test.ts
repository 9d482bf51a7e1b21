import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { uploadCommand } from './upload.ts'

const PROJECT = '33333333-3333-4333-8333-333333333333'
/** Nothing listens there, so that anything sent would fail in another way. */
const HOST = 'http://127.0.0.1:9'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'arraydrop-upload-'))
  const text = 'client_id,r_notation,path\ns1,R1,https://host/a.fq.gz\n'
  await writeFile(path.join(folder, 'good.fastq-map.csv'), text)
  await writeFile(path.join(folder, 'good.csv'), text)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const upload = (name: string, ...options: string[]) =>
  uploadCommand().parseAsync([path.join(folder, name), '--host', HOST, ...options], { from: 'user' })

test.each([
  [['--output', '-'], '--output cannot be used without --run-project-id'],
  [['--metadata', '{}'], '--metadata cannot be used without --run-project-id'],
  [['--run-project-id', 'x'], '--run-project-id is not valid. Exiting.'],
  [['--run-project-id', PROJECT, '--metadata', '{'], '--metadata is not valid JSON. Exiting.'],
  [['--run-project-id', PROJECT, '--output', '-', '--json'], '--output - and --json both want'],
  [['s3://elsewhere'], 'Bad configuration. Exiting.'],
])(
  "options that contradict each other are refused before anything is sent, with Gencove's message: %j",
  (options, words) =>
    expect(upload('good.fastq-map.csv', ...options)).rejects.toMatchObject({
      exitCode: 2,
      message: expect.stringContaining(words),
    }),
)

test.each([
  ['good.csv', 'must end with .fastq-map.csv'],
  ['nowhere.fastq-map.csv', 'Could not find:'],
])('a file that is not a map is refused: %s', (name, words) =>
  expect(upload(name)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(words) }),
)

test('a service that cannot be reached is reported at once', () =>
  expect(upload('good.fastq-map.csv')).rejects.toMatchObject({ exitCode: 3 }))

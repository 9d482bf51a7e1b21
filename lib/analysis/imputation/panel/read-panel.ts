import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { MANIFEST_NAME, Manifest, type NamedFile, type PanelRegion, panelIdOf } from './manifest.ts'

/** A panel package that is there and whole, as far as sizes tell. */
export interface Panel {
  /** `name/version@digest` */
  id: string
  folder: string
  manifest: Manifest
}

/** A panel package cannot be used; the message says why, and what would help. */
export class BadPanel extends Error {}

/**
 * Read a panel package: its manifest, and that each of its files is there in its size. Digests are for `checkPanel`:
 * they take a minute. Throws `BadPanel`.
 */
export async function readPanel(folder: string): Promise<Panel> {
  const bytes = await readFile(path.join(folder, MANIFEST_NAME)).catch(() => {
    throw new BadPanel(
      `there is no ${MANIFEST_NAME}: it is no panel package, or one whose preparation has not ended`,
    )
  })
  const manifest = parseManifest(bytes)
  const repeated = manifest.regions.find(
    ({ key }, at) => manifest.regions.findIndex((r) => r.key === key) !== at,
  )
  if (repeated) throw new BadPanel(`the manifest lists region ${repeated.key} twice`)
  for (const file of manifest.regions.flatMap(filesOf)) await checkSize(folder, file)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { id: panelIdOf(manifest, sha256), folder, manifest }
}

function parseManifest(bytes: Uint8Array): Manifest {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new BadPanel('the manifest is no JSON')
  }
  const parsed = Manifest.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new BadPanel(`the manifest cannot be used: ${issue?.path.join('.')}: ${issue?.message}`)
}

/** Every file of a region, whichever engines the package is for. */
export const filesOf = ({ files }: PanelRegion): NamedFile[] => [
  files.sites,
  files.map,
  ...(files.bref3 ? [files.bref3] : []),
  ...Object.values(files.minimac4 ?? {}),
]

/** Throws `BadPanel` when a file of a panel is not there as it was made. */
export async function checkSize(folder: string, { name, bytes }: NamedFile): Promise<void> {
  const found = await stat(path.join(folder, name)).catch(() => undefined)
  if (!found?.isFile()) throw new BadPanel(`the file ${name} is missing`)
  if (found.size !== bytes) throw new BadPanel(`the file ${name} has ${found.size} bytes instead of ${bytes}`)
}

/** Everything that is wrong with the files of a panel, each read whole; `progress` is told of each. */
export async function checkPanel(panel: Panel, progress: (name: string) => void): Promise<string[]> {
  const faults: string[] = []
  for (const file of panel.manifest.regions.flatMap(filesOf)) {
    progress(file.name)
    const found = await digestStoredFile(path.join(panel.folder, file.name))
    if (found !== file.sha256) faults.push(`${file.name}: its bytes are not those that were made`)
  }
  return faults
}

export async function digestStoredFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(file, { highWaterMark: 1_048_576 }))
    hash.update(chunk as Uint8Array)
  return hash.digest('hex')
}

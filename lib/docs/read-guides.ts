import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { GUIDES, type Guide } from './guides.ts'

/** The documents that are pages, with their texts. The server runs in the project's folder. Throws when one is missing. */
export function readGuides(): Promise<[Guide, string][]> {
  return Promise.all(
    GUIDES.map(
      async (guide): Promise<[Guide, string]> => [
        guide,
        await readFile(path.join(process.cwd(), guide.file), 'utf8'),
      ],
    ),
  )
}

import { readdir } from 'node:fs/promises'
import { PanelRefusal } from './panel-refusal.ts'

/** The names of files in a folder, sorted, without hidden ones, which systems leave there. Throws `PanelRefusal` when it cannot be read. */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is no folder' : 'cannot be read'
    throw new PanelRefusal(`${folder} ${why}`)
  }
}

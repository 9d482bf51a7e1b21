import { readdir } from 'node:fs/promises'
import { PanelRefusal } from './panel-refusal.ts'

/** The names in a folder, sorted. Throws `PanelRefusal` when it cannot be read. */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is no folder' : 'cannot be read'
    throw new PanelRefusal(`${folder} ${why}`)
  }
}

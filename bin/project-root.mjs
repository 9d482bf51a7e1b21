import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The clone that contains these scripts. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** A path inside the clone. */
export const inProject = (...parts) => path.join(projectRoot, ...parts)

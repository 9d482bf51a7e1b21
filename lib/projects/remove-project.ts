import type { Tx } from '#lib/services.ts'
import { deleteProject, lockProject } from './projects-table.ts'

/** Lock a project against every change and every new sample until the transaction ends. Returns whether it still exists. */
export const holdProject = (tx: Tx, id: string): Promise<boolean> => lockProject(tx, id)

/**
 * Delete a project that is held and has no samples left, with its keys, roles, invitations, subscriptions and FASTQ
 * files by URL. Samples must be deleted before: the database would take their rows along and leave their bytes.
 */
export const removeProject = (tx: Tx, id: string): Promise<void> => deleteProject(tx, id)

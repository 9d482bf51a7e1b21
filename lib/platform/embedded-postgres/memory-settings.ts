import os from 'node:os'

/** Less than this is not worth planning for: what PostgreSQL itself assumes. */
export const DATABASE_MEGABYTES_MIN = 256
export const DATABASE_MEGABYTES_MAX = 65_536
/** The rest is for the service, its analyses and the system's cache of files. */
const SHARE_OF_MACHINE = 1 / 8
const MEGABYTE = 2 ** 20

/** What the embedded database may plan for on this machine, or in this container. */
export function databaseMegabytes(
  machine: { totalmem(): number; constrainedMemory(): number } = {
    totalmem: os.totalmem,
    constrainedMemory: () => process.constrainedMemory(),
  },
): number {
  const limit = machine.constrainedMemory()
  const bytes = limit > 0 ? Math.min(limit, machine.totalmem()) : machine.totalmem()
  return clamp(Math.floor((bytes / MEGABYTE) * SHARE_OF_MACHINE), DATABASE_MEGABYTES_MIN, 16_384)
}

/** PostgreSQL's settings for so many megabytes. */
export function memorySettings(megabytes: number): Record<string, string> {
  const share = (part: number, least: number, most: number) =>
    `${clamp(Math.floor(megabytes * part), least, most)}MB`
  return {
    shared_buffers: share(1 / 4, 64, 16_384),
    // Pages that the system keeps count as well: the larger part of a machine's memory.
    effective_cache_size: share(4, 1_024, 262_144),
    // Parallel joins share three times twice as much through /dev/shm, of which a container has 64 MB.
    work_mem: share(1 / 256, 4, 8),
    // Building an index, and emptying a table of dead rows; three of the latter at once.
    maintenance_work_mem: share(1 / 8, 64, 1_024),
    autovacuum_work_mem: share(1 / 16, 64, 512),
  }
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most)

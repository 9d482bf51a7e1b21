import { destinationOf } from '#lib/fastq/map/destination.ts'
import type { MapRow } from '#lib/fastq/map/read-map.ts'
import { type PartnerClient, Refused } from './partner-client.ts'

const AT_ONCE = 4

/** The response of the service to a row. */
export interface SaidOfRow {
  line: number
  message: string
}

/** A map calls the API's field `path`. */
const inMapWords = (message: string): string => message.replace(/^source_url:/gm, 'path:')

interface Sending {
  destination: string
  /** The id of a row that is already uploaded. */
  known(row: MapRow): string | undefined
  onUploaded(row: MapRow, id: string, warnings: string[]): Promise<void>
}

/**
 * Send the URLs of a map, several at a time. A refused row does not stop the others; results come in the order of the
 * map. Any other failure rejects, once the requests in flight have ended.
 */
export async function sendUploads(
  client: PartnerClient,
  rows: readonly MapRow[],
  { destination, known, onUploaded }: Sending,
): Promise<SaidOfRow[]> {
  const waiting = rows.filter((row) => known(row) === undefined).values()
  const refused: SaidOfRow[] = []
  let ended = false
  const sendSome = async () => {
    for (const row of waiting) {
      if (ended) return
      try {
        const { id, warnings = [] } = await client.post<{ id: string; warnings?: string[] }>(
          '/api/v2/uploads-url/',
          {
            destination_path: destinationOf(destination, row.clientId, row.rNotation),
            source_url: row.url,
          },
        )
        await onUploaded(row, id, warnings)
      } catch (error) {
        if (error instanceof Refused && error.status === 400) {
          refused.push({ line: row.line, message: inMapWords(error.message) })
          continue
        }
        ended = true
        throw error
      }
    }
  }
  const ends = await Promise.allSettled(Array.from({ length: AT_ONCE }, sendSome))
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed) throw failed.reason
  return refused.sort((one, other) => one.line - other.line)
}

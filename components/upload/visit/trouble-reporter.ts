import type { NetworkTrouble } from '#lib/sessions/embed-messages.ts'
import type { SessionApi } from './session-api.ts'
import type { Stage } from './visit-model.ts'

/**
 * Tells the server what keeps a file from arriving, once for each kind of trouble. A report that does not get through
 * is repeated when bytes flow again, since what stops the file may stop the report too.
 */
export function troubleReporter(api: Pick<SessionApi, 'trouble'>): { changed(stage: Stage): void } {
  const told = new Set<NetworkTrouble>()
  const missed = new Set<NetworkTrouble>()

  async function report(trouble: NetworkTrouble): Promise<void> {
    told.add(trouble)
    missed.delete(trouble)
    const answer = await api.trouble(trouble)
    if (answer.kind === 'silent') missed.add(trouble)
  }

  return {
    changed(stage) {
      if (stage.name !== 'uploading' && stage.name !== 'verifying') return
      if (stage.line === 'flowing') for (const trouble of [...missed]) void report(trouble)
      const trouble = troubleOf(stage)
      if (trouble && !told.has(trouble)) void report(trouble)
    },
  }
}

function troubleOf(stage: Extract<Stage, { name: 'uploading' | 'verifying' }>): NetworkTrouble | null {
  if (stage.name === 'verifying') return stage.silence?.cause ?? null
  if (stage.line !== 'blocked' && stage.line !== 'stalled') return null
  return stage.trouble?.cause ?? 'no_answer'
}

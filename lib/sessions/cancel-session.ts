import { Problem } from '#lib/problem.ts'
import { moveSample } from '#lib/samples/move-sample.ts'
import type { Services } from '#lib/services.ts'
import { insertEvent, selectSession, updateEnded } from './sessions-table.ts'

/**
 * End a session on the partner's wish: the link stops working at once. Canceling twice is no error; a session that
 * has its file or has expired cannot be canceled (409).
 */
export async function cancelSession({ db }: Pick<Services, 'db'>, sampleId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const from = { state: 'canceled', reason: 'link_canceled', from: ['minted', 'opened'] } as const
    if (await updateEnded(tx, sampleId, { ...from, from: [...from.from] })) {
      await moveSample(tx, { sampleId, to: 'canceled' })
      await insertEvent(tx, sampleId, { kind: 'canceled', reason: 'link_canceled' })
      return
    }
    const session = await selectSession(tx, sampleId)
    if (session?.state !== 'canceled') {
      throw new Problem(
        'conflict',
        `The upload session is ${session?.state} and cannot be canceled any more.`,
      )
    }
  })
}

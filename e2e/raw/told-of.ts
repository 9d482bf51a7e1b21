import type { Delivered } from '../service/webhook-receiver.ts'

/**
 * What a partner was told of a sample, sorted, each event once however often it was delivered. That a run began may be
 * told several times: a run whose worker was killed begins again.
 */
export function toldOf(delivered: Delivered[], sampleId: string): string[] {
  const own = delivered.filter((one) => one.sampleId === sampleId)
  const events = [...new Map(own.map((one) => [one.id, one])).values()]
  return events
    .filter(({ type, status }) => !(type === 'sample_status_changed' && status === 'running'))
    .map(({ type, status }) => `${type}: ${status}`)
    .sort()
}

/** All there is to tell of a sample whose file came in and was analysed. */
export const TOLD_OF_A_SUCCESS = [
  'analysis_complete_v2: succeeded',
  'array_data_upload_opened: consumer awaiting data',
  'array_data_upload_received: scheduled',
  'sample_status_changed: scheduled',
  'sample_status_changed: succeeded',
]

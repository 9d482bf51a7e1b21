import type { z } from 'zod'
import type { WirePipeline } from './wire.ts'

/** Part of the interface: it never changes. */
const PIPELINE_ID = '6a2d1f0e-8c53-4d2b-9d0a-0b6f4c1e7a00'

/** The pipeline that has every capability of an installation. Its version is that of the list, not of the software. */
export const presentPipeline = (): z.infer<typeof WirePipeline> => ({ id: PIPELINE_ID, version: 'v1' })

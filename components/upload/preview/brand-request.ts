import type { ColorScheme } from '#lib/sessions/embed-messages.ts'
import type { SessionFacts } from '../visit/session-facts.ts'
import type { Language } from '../words/languages.ts'

/** States of the upload page in which the console previews a brand. */
export const BRAND_STATES = ['ready', 'uploading', 'received', 'rejected'] as const
export type BrandState = (typeof BRAND_STATES)[number]

/** What the console asks its preview to show; invalid colours are left out beforehand. */
export interface BrandRequest {
  type: 'arraydrop-brand'
  partner: SessionFacts['partner']
  state: BrandState
  language: Language
  direction: 'ltr' | 'rtl' | null
  scheme: ColorScheme
}

/** Sent by the preview once it is listening. */
export const BRAND_PREVIEW_READY = 'arraydrop-brand-ready'

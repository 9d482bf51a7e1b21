import type { ColorScheme } from '#lib/sessions/embed-messages.ts'
import type { SessionFacts } from '../visit/session-facts.ts'
import type { Language } from '../words/languages.ts'

/** States of the upload page that a brand is looked at in. */
export const BRAND_STATES = ['ready', 'uploading', 'received', 'rejected'] as const
export type BrandState = (typeof BRAND_STATES)[number]

/** What the console asks its preview to show; colours that cannot be had are left out before. */
export interface BrandRequest {
  type: 'arraydrop-brand'
  partner: SessionFacts['partner']
  state: BrandState
  language: Language
  direction: 'ltr' | 'rtl' | null
  scheme: ColorScheme
}

/** Said by the preview once it listens. */
export const BRAND_PREVIEW_READY = 'arraydrop-brand-ready'

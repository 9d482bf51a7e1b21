import type { SessionView } from '#lib/sessions/wire.ts'
import type { SessionFacts } from './visit-model.ts'

/** An answer of the server in the page's own words. The brand, which only the first answer tells, stays. */
export function factsOf(view: SessionView, before: SessionFacts | null = null): SessionFacts {
  const { partner } = view
  return {
    sampleId: view.sample_id,
    partner: {
      name: partner.name,
      supportUrl: partner.support_url,
      privacyUrl: partner.privacy_url,
      purpose: partner.purpose,
      rawFileDays: partner.raw_file_days,
      deliverableDays: partner.deliverable_days,
      brand: partner.brand ?? before?.partner.brand ?? null,
    },
    policy: view.policy,
    locale: view.locale,
    leadsBack: view.leads_back,
    upload: view.upload,
    lastRejection: view.last_rejection,
    redirectTo: view.redirect_to,
  }
}

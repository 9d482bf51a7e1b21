import type { SessionView } from '#lib/sessions/wire.ts'
import type { SessionFacts } from './upload-model.ts'

/** An answer of the server in the page's own words. */
export function factsOf(view: SessionView): SessionFacts {
  const { partner } = view
  return {
    sampleId: view.sample_id,
    partner: { name: partner.name, supportUrl: partner.support_url, privacyUrl: partner.privacy_url },
    policy: view.policy,
    locale: view.locale,
    leadsBack: view.leads_back,
    upload: view.upload,
    lastRejection: view.last_rejection,
    redirectTo: view.redirect_to,
  }
}

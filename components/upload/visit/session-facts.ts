import type { Policy } from '#lib/genotype/verdict.ts'
import type { SessionView } from '#lib/sessions/wire.ts'

/** The server's latest information about the session, except what the stage already holds. */
export interface SessionFacts {
  sampleId: string
  /** For trying things out, as the page must say. */
  test: boolean
  partner: {
    name: string
    supportUrl: string | null
    privacyUrl: string | null
    purpose: string | null
    purposes: Record<string, string>
    rawFileDays: number | null
    deliverableDays: number | null
    brand: SessionView['partner']['brand']
  }
  policy: Policy
  locale: string | null
  leadsBack: boolean
  failureRedirect: SessionView['failure_redirect']
  upload: SessionView['upload']
  lastRejection: SessionView['last_rejection']
  /** Time and size of the accepted file, as the server received it. */
  receipt: SessionView['receipt']
  redirectTo: string | null
}

/** Translates a server reply into the page's own terms. Keeps what only the first reply carries: the brand and the translated purposes. */
export function factsOf(view: SessionView, before: SessionFacts | null = null): SessionFacts {
  const { partner } = view
  return {
    sampleId: view.sample_id,
    test: view.test,
    partner: {
      name: partner.name,
      supportUrl: partner.support_url,
      privacyUrl: partner.privacy_url,
      purpose: partner.purpose,
      purposes: partner.purposes ?? before?.partner.purposes ?? {},
      rawFileDays: partner.raw_file_days,
      deliverableDays: partner.deliverable_days,
      brand: partner.brand ?? before?.partner.brand ?? null,
    },
    policy: view.policy,
    locale: view.locale,
    leadsBack: view.leads_back,
    failureRedirect: view.failure_redirect,
    upload: view.upload,
    lastRejection: view.last_rejection,
    // A server of an earlier version, during an upgrade, sends none.
    receipt: view.receipt ?? null,
    redirectTo: view.redirect_to,
  }
}

import { LINK_SECONDS_DEFAULT } from '#lib/sessions/limits.ts'
import { JsonText } from '../api/json-text.ts'

export interface SessionValues extends Record<string, unknown> {
  /** Becomes `reference` in the metadata. */
  reference: string
  /** As it is typed. */
  metadata: string
  redirect_on_success: string
  redirect_on_failure: string
  expires_in: number
  /** '' for the language of the person's browser. */
  locale: string
}

/** A link that was just created. Only this page keeps it. */
export interface Minted {
  sample_id: string
  url: string
  /** The requested length of the link window. */
  seconds: number
}

export const NEW_SESSION: SessionValues = {
  reference: '',
  metadata: '',
  redirect_on_success: '',
  redirect_on_failure: '',
  expires_in: LINK_SECONDS_DEFAULT,
  locale: '',
}

/** Why the typed metadata cannot be sent, in words; null when it can. */
export function refuseTyped({
  metadata,
  reference,
}: Pick<SessionValues, 'metadata' | 'reference'>): string | null {
  if (metadata.trim() === '') return null
  const read = readObject(metadata)
  if (read === undefined) return 'This is not JSON. Put names and texts in double quotes.'
  if (read === null) return 'Write an object: {"name": value, …}.'
  if (reference.trim() !== '' && 'reference' in read)
    return 'The reference is given here and above: keep one.'
  return null
}

/** The body of `POST array-data-upload-form/`, without empty fields. `metadata` must be what `refuseTyped` accepts. */
export function mintBody(
  { reference, metadata, locale, ...values }: SessionValues,
  projectId: string | undefined,
) {
  const named = reference.trim() === '' ? [] : [`"reference":${JSON.stringify(reference.trim())}`]
  // As it was typed, without its braces.
  const typed = metadata.trim().slice(1, -1).trim()
  const members = [...named, ...(typed === '' ? [] : [typed])]
  const given = Object.entries(values).filter(([, value]) => value !== '')
  return {
    ...Object.fromEntries(given),
    ...(projectId === undefined ? {} : { project_id: projectId }),
    ...(members.length > 0 ? { metadata: new JsonText(`{${members.join()}}`) } : {}),
    ...(locale === '' ? {} : { locale }),
  }
}

/** Undefined for text that is not JSON, null for JSON that is not an object. */
function readObject(text: string): Record<string, unknown> | null | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return undefined
  }
}

export const R_NOTATIONS = ['R1', 'R2'] as const
export type RNotation = (typeof R_NOTATIONS)[number]

/** With a client id and the ending behind it, a destination has at most 1,024 characters. */
export const PREFIX_CHARACTERS_MAX = 750

/** Segments between single slashes, printable, none of them dots alone. */
const FORM = /^gncv:\/(?:\/(?!\.{1,2}(?:\/|$))[^/?#\p{C}]+)+\/?$/u

/** The form of a destination prefix: one slash at its end. */
export const asDestination = (prefix: string): string => `${prefix.replace(/\/+$/, '')}/`

/** Why uploads cannot go below this prefix, in words; undefined when they can. */
export function refuseDestination(prefix: string): string | undefined {
  if (!FORM.test(prefix)) return 'The destination must look like gncv://my-folder'
  return prefix.length > PREFIX_CHARACTERS_MAX
    ? `The destination has at most ${PREFIX_CHARACTERS_MAX} characters`
    : undefined
}

/** Where a file goes: pairs and client ids are read back from this name, whatever the source is called. */
export const destinationOf = (prefix: string, clientId: string, rNotation: RNotation): string =>
  `${prefix}${clientId}_${rNotation}.fastq.gz`

/** Where uploads go that nobody named a place for, named as Gencove's command line does. */
export function defaultDestination(now: Date, uuid: string): string {
  const stamp = now.toISOString().slice(0, 19).replace(/\D/g, '')
  return `gncv://cli-url-${stamp}-${uuid.replaceAll('-', '')}/`
}

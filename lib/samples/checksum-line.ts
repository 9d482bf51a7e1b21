import type { Deliverable } from './deliverable.ts'

/** A name that can stand in a header and on one line as it is. */
const PLAIN_NAME = /^[A-Za-z0-9._-]{1,200}$/

/** `<sha256> *<name>`: the file's own name, or the one asked for, when that is plain. */
export function checksumLine({ sha256, name }: Deliverable, asked: string | null): Response {
  const called = asked !== null && PLAIN_NAME.test(asked) ? asked : name
  return new Response(`${sha256} *${called}\n`, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename=${called}.sha256`,
    },
  })
}

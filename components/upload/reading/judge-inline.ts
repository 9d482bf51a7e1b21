import type { Policy } from '#lib/genotype/verdict.ts'
import { digestFile } from './digest-file.ts'
import type { Judged } from './judge-file.ts'
import { sniffFile } from './sniff-file.ts'

/** Reads, checks and hashes a file where it is called. */
export async function judgeInline(file: File, policy: Policy): Promise<Judged> {
  const { verdict, bytes } = await sniffFile(file, policy)
  return {
    verdict,
    async content() {
      if (!verdict.ok || !bytes) throw new Error('A refused file has no content')
      return { bytes, sha256: await digestFile(bytes) }
    },
  }
}

import { chmod, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createEngine } from '#lib/analysis/imputation/engine/create-engine.ts'
import type { ImputationEngine } from '#lib/analysis/imputation/engine/engine.ts'
import type { ImputationEngineName } from '#lib/platform/env.ts'
import { runLeashed } from '#lib/platform/leash/run-leashed.ts'
// Plain JavaScript: the runner uses the same.
import { beagleIsHere, minimac4IsHere } from '../../bin/testing/find-programs.mjs'

export const BEAGLE_JAR = '/usr/share/beagle/beagle.jar'

/** An engine of which the real programs may be here; `npm test` installs them where it may. */
export interface RealEngine {
  name: ImputationEngineName
  isHere: boolean
  /** What it writes last. */
  output: string
  /** What it calls itself in the header of a file. */
  named: RegExp
}

export const REAL_ENGINES: RealEngine[] = [
  { name: 'beagle', isHere: beagleIsHere(), output: 'imputed.vcf.gz', named: /^Beagle 5\.\d+ \(\S+\)$/ },
  {
    name: 'minimac4',
    isHere: minimac4IsHere(),
    output: 'imputed.vcf.gz',
    named: /^Minimac4 4\.\S+ with Eagle 2\.\S+$/,
  },
]

/** Java for runs of a second or two. */
export const QUICK_JAVA = path.join(import.meta.dirname, 'quick-java.sh')
const PROGRAMS = { java: QUICK_JAVA, beagleJar: BEAGLE_JAR, eagle: 'bio-eagle', minimac4: 'minimac4' }

export const realEngine = (
  engine: ImputationEngineName,
  {
    stallSeconds,
    ...programs
  }: Partial<typeof PROGRAMS & { memoryMegabytes: number; batch: number; stallSeconds: number }> = {},
): Promise<ImputationEngine> =>
  createEngine({
    runLeashed,
    searchPath: process.env.PATH!,
    ...(stallSeconds === undefined ? {} : { stallSeconds }),
    settings: { engine, memoryMegabytes: 256, processes: 1, batch: 1, ...PROGRAMS, ...programs },
  })

/** Minimac4 that adds a line to `calls` of how many people it imputes, and crashes in one region when they are several. */
export async function countedMinimac4(folder: string, { crashesIn }: { crashesIn: string }) {
  const [minimac4, calls] = [path.join(folder, 'counted-minimac4'), path.join(folder, 'calls')]
  const script = [
    '#!/bin/sh',
    'for last in "$@"; do :; done',
    `people=$(zcat "$last" | grep -m 1 '^#CHROM' | wc -w)`,
    'people=$((people - 9))',
    `echo "$(basename "$(dirname "$last")") $people" >> '${calls}'`,
    `case "$last" in *"/${crashesIn}.target.vcf.engine/"*) [ $people -eq 1 ] || kill -SEGV $$;; esac`,
    `exec ${PROGRAMS.minimac4} "$@"`,
  ]
  await writeFile(minimac4, `${script.join('\n')}\n`)
  await chmod(minimac4, 0o755)
  return { minimac4, calls }
}

/**
 * The real engine, which does not end in one region while the file `hold` is there: it has done its work, and waits. What
 * waits has its process id in `held`.
 */
export async function heldEngine(
  engine: ImputationEngineName,
  { folder, region }: { folder: string; region: string },
): Promise<{ engine: ImputationEngine; programs: Partial<typeof PROGRAMS>; hold: string; held: string }> {
  const program = engine === 'beagle' ? 'java' : 'minimac4'
  const real = PROGRAMS[program]
  const [file, hold, held] = [`held-${program}`, 'hold', 'held'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ]
  const script = [
    '#!/bin/sh',
    `'${real}' "$@"; code=$?`,
    `case "$*" in *"/${region}.target.vcf.engine/"*) if [ -e '${hold}' ]; then echo $$ > '${held}.part'; mv '${held}.part' '${held}'; sleep 600; fi;; esac`,
    'exit $code',
  ]
  await writeFile(file, `${script.join('\n')}\n`)
  await chmod(file, 0o755)
  const programs = { [program]: file }
  return { engine: await realEngine(engine, programs), programs, hold, held }
}

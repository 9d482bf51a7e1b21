import type { Tx } from '#lib/services.ts'
import { compareSketches, isSamePerson } from './compare-sketches.ts'
import type { Sketch } from './same-person.ts'
import {
  deleteSketch,
  insertSamePersons,
  insertSketch,
  lockSketches,
  selectSketches,
} from './sketches-table.ts'

/** Sketches that a sample is compared with, the latest first: some 20 MB and a tenth of a second. */
const COMPARED_MAX = 5_000

/**
 * Keeps the sketch of a sample in the place of an earlier one, and notes which of the latest samples of its project seem
 * to be of the same person. Without a sketch, or in a project that does not ask for one any more, what was kept before
 * goes. Belongs in the transaction that ends the run.
 */
export async function findSamePerson(
  tx: Tx,
  { sampleId, projectId, sketch }: { sampleId: string; projectId: string; sketch: Sketch | undefined },
): Promise<void> {
  const isKept = sketch !== undefined && (await lockSketches(tx, projectId))
  await deleteSketch(tx, sampleId)
  if (!isKept) return
  await insertSketch(tx, { sampleId, projectId, sketch })
  const others = await selectSketches(tx, { projectId, kid: sketch.kid, except: sampleId }, COMPARED_MAX)
  const found = others.flatMap(({ sampleId: otherId, bytes }) => {
    const likeness = compareSketches(sketch.bytes, bytes)
    return isSamePerson(likeness) ? [{ sampleId, otherId, ...likeness }] : []
  })
  await insertSamePersons(tx, projectId, found)
}

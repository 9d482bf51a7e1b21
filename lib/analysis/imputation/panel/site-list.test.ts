import { describe, expect, test } from 'vitest'
import {
  decodeSiteList,
  encodeLetters,
  lettersOf,
  NO_LETTERS,
  OTHER_STRAND,
  SiteListWriter,
} from './site-list.ts'

const site = (position: number, reference = 'A', alternate = 'G') => ({
  position,
  reference,
  alternate,
  frequency: 0.25,
})

describe('a list of sites', () => {
  test('comes back as it was written, also beyond its first room', () => {
    const writer = new SiteListWriter({ lifted: false })
    for (let n = 1; n <= 70_001; n++) writer.add(site(n * 3))
    const sites = decodeSiteList(writer.encode())
    expect(sites.position).toHaveLength(70_001)
    expect([sites.position[0], sites.position[70_000]]).toEqual([writer.first, writer.last])
    expect(sites.lookup).toBe(sites.position)
    expect(sites.frequency[70_000]! / 65_535).toBeCloseTo(0.25, 4)
  })

  test('keeps places on the build of exports, their strand, and sites without any', () => {
    const writer = new SiteListWriter({ lifted: true })
    writer.add({ ...site(10), lookup: { position: 110, otherStrand: true } })
    writer.add({ ...site(11, 'A', 'AT'), lookup: { position: 111, otherStrand: true } })
    writer.add(site(12))
    const { position, lookup, letters } = decodeSiteList(writer.encode())
    expect([[...position], [...lookup]]).toEqual([
      [10, 11, 12],
      [110, 111, 0],
    ])
    expect([...letters]).toEqual([
      encodeLetters('A', 'G') | OTHER_STRAND,
      NO_LETTERS,
      encodeLetters('A', 'G'),
    ])
    expect(lettersOf(letters[0]!)).toEqual([0x41, 0x47])
  })

  test('that is cut off, or none, is refused', () => {
    const writer = new SiteListWriter({ lifted: false })
    writer.add(site(1))
    const whole = writer.encode()
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeSiteList(whole.slice(0, length)), `${length} bytes`).toThrow()
    }
  })
})

import { AUTOSOME_LABELS, type VendorFormat } from './vendor-format.ts'

/**
 * MyHeritage: quoted CSV under an unquoted column line, haploid calls doubled. FamilyTreeDNA's body is the same,
 * so the comment lines alone tell them apart. `RESULTS` and rows with doubled quotes occur in genuine copies.
 */
export const myHeritage = {
  vendor: 'myheritage',
  genuineBanner: /^##fileformat=MyHeritage\b|^# ?MyHeritage DNA raw data\b/i,
  name: /myheritage/i,
  columnsCommented: false,
  columns: [
    ['rsid', 'chromosome', 'position', 'result'],
    ['rsid', 'chromosome', 'position', 'results'],
  ],
  separator: ',',
  quoted: true,
  chromosomes: { ...AUTOSOME_LABELS, X: 23, Y: 24, MT: 26 },
  idPrefixes: ['VGXS'],
  missing: '-',
} as const satisfies VendorFormat

import { conformsToInflateHead } from '#lib/genotype/zip/inflate-head.conformance.ts'
import { inflateWithZlib } from './inflate-with-zlib.ts'

conformsToInflateHead('zlib', inflateWithZlib)

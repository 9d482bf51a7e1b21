export { default, metadata } from '../../../../samples/[sampleId]/page.tsx'

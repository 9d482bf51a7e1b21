export { default, metadata } from '../../../../fastqs/import/page.tsx'

export { default, metadata } from '../../../fastqs/page.tsx'

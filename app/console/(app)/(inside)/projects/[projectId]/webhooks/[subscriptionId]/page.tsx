export { default, metadata } from '../../../../webhooks/[subscriptionId]/page.tsx'

/** What charts are drawn with: several times the size of the page around them, so that `chart.tsx` loads it for those who see one. */
export { AreaChart, BarChart } from '@mantine/charts'

import { render } from 'preact';
import type { ReportData } from '../data';
import { App } from './app';

/** The data stands in the page as JSON in a script that is not run. */
const data = document.getElementById('data')?.textContent ?? '';
const root = document.getElementById('report');
if (root !== null) render(<App data={JSON.parse(data) as ReportData} />, root);

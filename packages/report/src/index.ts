export type {
  DiffHunk,
  DiffRow,
  HistoryEntry,
  Recorded,
  ReportAcceptance,
  ReportData,
  ReportFile,
  ReportFinding,
  ReportFix,
  ReportPlace,
  ReportStep,
} from './data';
export { ACQUISITION_CONTEXT, STEP_CONTEXT } from './listing';
